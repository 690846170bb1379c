package dev.barevirt.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.launcher.SerialText;
import dev.barevirt.launcher.cli.CliProcess.Ended;
import dev.barevirt.launcher.cli.live.Resident;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disks and interfaces come and go by the command line, seen from inside the guest. */
final class AttachIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private CliProcess cli;

  @BeforeEach
  void start() throws Exception {
    cli = CliProcess.inItsOwnDirectory();
  }

  @AfterEach
  void cleanUp() throws Exception {
    cli.end();
  }

  @Test
  void aDiskAndAnInterfaceComeAndGo() throws Exception {
    String disk = sparse("data.img", 16 << 20);
    done("run", "-d", "--name", "web", "--machine", "q35", "--wait", "serial:barevirt guest ready");
    try (Resident resident = Resident.dial(socket());
        SerialText console =
            new SerialText(resident.open(new OpenStream(OpenStream.Stream.CONSOLE, true, false)))) {
      console.await("barevirt guest ready");

      assertThat(done("attach", "disk", "web", disk + ",name=data,serial=DATA1").out())
          .isEqualTo("data\n");
      until(console, "cat /sys/block/vda/size", Integer.toString((16 << 20) / 512));
      until(console, "cat /sys/block/vda/serial", "DATA1");
      assertThat(done("attach", "nic", "web").out()).isEqualTo("default\n");
      until(console, "ls /sys/class/net", "eth0");
      assertThat(done("inspect", "web").out()).contains("claimName: data", "masquerade");

      Ended twice = cli.run("attach", "disk", "web", disk + ",name=data");
      assertThat(twice.code()).as("%s", twice).isEqualTo(13);
      Ended unknown = cli.run("detach", "disk", "web", "root");
      assertThat(unknown.code()).as("%s", unknown).isEqualTo(14);
      assertThat(unknown.err()).contains("no disk 'root'; it has data");

      done("detach", "disk", "web", "data", "--timeout", "120s");
      assertThat(console.run("ls /sys/block")).doesNotContain("vda");
      done("detach", "nic", "web", "default", "--timeout", "120s");
      assertThat(console.run("ls /sys/class/net")).doesNotContain("eth0");
      assertThat(done("inspect", "web").out()).doesNotContain("claimName: data", "masquerade");
    }
    done("stop", "--force", "web");

    assertThat(done("attach", "disk", "web", disk).err()).contains("from its next start on");
    assertThat(done("inspect", "web").out()).contains("claimName: disk0");
  }

  @Test
  void aMicrovmTakesNothing() throws Exception {
    String disk = sparse("data.img", 1 << 20);
    done("run", "-d", "--name", "web", "--machine", "microvm");

    Ended attach = cli.run("attach", "disk", "web", disk);

    assertThat(attach.code()).as("%s", attach).isEqualTo(2);
    assertThat(attach.err()).contains("nothing can be plugged into a microvm");
    assertThat(done("inspect", "web").out()).doesNotContain("claimName");
  }

  private static void until(SerialText console, String command, String printed) {
    Awaitility.await().atMost(PATIENCE).until(() -> console.run(command).contains(printed));
  }

  /** Runs a command line that must succeed; {@code run} gets the micro guest. */
  private Ended done(String... words) throws Exception {
    Stream<String> guest =
        words[0].equals("run")
            ? Stream.of(
                "--memory=128Mi",
                "--net=none",
                "--kernel=" + guest("vmlinuz"),
                "--initrd=" + guest("initrd.gz"),
                "--append=console=ttyS0 quiet tsc_early_khz=2000000")
            : Stream.of();
    Ended ended = cli.run(Stream.concat(Stream.of(words), guest).toArray(String[]::new));
    assertThat(ended.code()).as("%s: %s", String.join(" ", words), ended).isZero();
    return ended;
  }

  private Path socket() throws Exception {
    try (Stream<Path> files = Files.walk(cli.directory().resolve("run"))) {
      return files.filter(file -> file.endsWith("launcher.sock")).findFirst().orElseThrow();
    }
  }

  private String sparse(String name, long bytes) throws Exception {
    Path file = cli.directory().resolve(name);
    try (var image = new RandomAccessFile(file.toFile(), "rw")) {
      image.setLength(bytes);
    }
    return file.toString();
  }

  private static String guest(String file) {
    Path guests = Path.of(System.getProperty("barevirt.guests", "../target/guests"));
    Path path = guests.toAbsolutePath().normalize().resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new AssertionError("there is no " + path + ": make it with launcher/guests/build");
    }
    return path.toString();
  }
}
