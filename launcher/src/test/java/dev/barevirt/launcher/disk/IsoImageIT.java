package dev.barevirt.launcher.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads our ISO images back with xorriso, through Rock Ridge and through Joliet. */
class IsoImageIT {
  @TempDir Path directory;

  @Test
  void rockRidgeKeepsLongNamesAndDeepTrees() throws Exception {
    var files = new TreeMap<String, byte[]>();
    files.put("user-data", "#cloud-config\n".getBytes(UTF_8));
    files.put("empty", new byte[0]);
    files.put("openstack/latest/meta_data.json", "{}".getBytes(UTF_8));
    files.put("openstack/latest/user_data", random(5000));
    files.put("a".repeat(253), random(2048));
    files.put("b".repeat(150) + ".json", random(2049));
    files.put("ünïcode-Ω", "x".getBytes(UTF_8));

    assertThat(readBack("cidata", files, "any")).containsExactlyInAnyOrderEntriesOf(shown(files));
  }

  @Test
  void jolietKeepsNamesThatFitIt() throws Exception {
    var files = new TreeMap<String, byte[]>();
    files.put("Autounattend.xml", random(3000));
    files.put("sub/Some Long Name With Spaces and dots.v1.conf", random(10));
    files.put("c".repeat(101), random(11));

    assertThat(readBack("unattendCD", files, "norock"))
        .containsExactlyInAnyOrderEntriesOf(shown(files));
  }

  @Test
  void manyFilesFillSeveralDirectorySectors() throws Exception {
    var files = new TreeMap<String, byte[]>();
    for (int i = 0; i < 400; i++) {
      files.put("a-key-with-a-common-long-prefix-" + "p".repeat(i % 180) + i, random(i));
    }
    assertThat(readBack("cfgdata", files, "any")).containsExactlyInAnyOrderEntriesOf(shown(files));
  }

  @Test
  void volumeIdIsKeptInSmallLetters() throws Exception {
    Path image =
        Files.write(directory.resolve("v.iso"), new IsoImage("config-2", Map.of()).bytes());
    assertThat(xorriso("-indev", image.toString(), "-pvd_info").output())
        .contains("Volume Id    : config-2");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private Map<String, String> readBack(String volumeId, Map<String, byte[]> files, String names)
      throws Exception {
    Path image = Files.write(directory.resolve("x.iso"), new IsoImage(volumeId, files).bytes());
    Path out = directory.resolve("out");
    var done =
        xorriso(
            "-osirrox",
            "on",
            "-read_fs",
            names,
            "-indev",
            image.toString(),
            "-extract",
            "/",
            "" + out);
    assertThat(done.exitCode()).as(done.errors()).isZero();
    assertThat(done.errors()).doesNotContain("WARNING").doesNotContain("FAILURE");
    var found = new HashMap<String, byte[]>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        found.put(out.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return shown(found);
  }

  private static Map<String, String> shown(Map<String, byte[]> files) {
    var shown = new TreeMap<String, String>();
    files.forEach((name, content) -> shown.put(name, java.util.HexFormat.of().formatHex(content)));
    return shown;
  }

  private ProgramRunner.Finished xorriso(String... arguments)
      throws IOException, InterruptedException {
    var argv = new ArrayList<>(List.of("xorriso", "-no_rc"));
    argv.addAll(List.of(arguments));
    return new ChildProcessRunner()
        .run(new ProgramRunner.Call(argv, Duration.ofSeconds(60), 1 << 20));
  }
}
