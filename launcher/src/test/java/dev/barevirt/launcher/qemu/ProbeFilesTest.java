package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.machine.HostFacts.CpuModel;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.HostFacts.Firmware;
import dev.barevirt.launcher.machine.HostFacts.MachineType;
import dev.barevirt.launcher.machine.HostFacts.QemuVersion;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbeFilesTest {
  private static final QemuAbilities ABILITIES =
      new QemuAbilities(
          new QemuVersion(7, 2, 22),
          List.of(
              new MachineType("pc-q35-7.2", List.of("q35"), 288, false),
              new MachineType("pc-q35-2.4", List.of(), 255, true)),
          Set.of("virtio-blk-pci", "e1000"),
          List.of(
              new CpuModel("EPYC", "EPYC-v1", List.of("avx2")), new CpuModel("max", "", List.of())),
          Set.of(Feature.IO_URING, Feature.MEMFD));

  @TempDir Path directory;

  @Test
  void abilitiesComeBackAsTheyWere() {
    Json written = AbilitiesJson.write(ABILITIES);

    assertThat(AbilitiesJson.read(Json.parse(RawJson.of(written).text()))).contains(ABILITIES);
    assertThat(AbilitiesJson.read(Json.parse("{}"))).isEmpty();
    assertThat(AbilitiesJson.read(Json.parse("[1, 2]"))).isEmpty();
  }

  @Test
  void theCacheAnswersOnlyForTheSameKey() throws IOException {
    Path place = Files.createDirectory(directory.resolve("cache"), ownerOnly());
    ProbeCache cache = new ProbeCache(place);
    cache.store("name", "key", Json.of("value"));

    assertThat(cache.find("name", "key")).contains(Json.of("value"));
    assertThat(cache.find("name", "another")).isEmpty();
    assertThat(cache.find("other", "key")).isEmpty();
  }

  @Test
  void aDamagedCacheIsAsGoodAsNone() throws IOException {
    Path place = Files.createDirectory(directory.resolve("cache"), ownerOnly());
    ProbeCache cache = new ProbeCache(place);
    for (String content : List.of("", "{", "\0", "[]", "{\"key\":\"key\"", "null")) {
      Files.writeString(place.resolve("name.json"), content);
      assertThat(cache.find("name", "key")).as(content).isEmpty();
    }
  }

  @Test
  void aCacheThatCannotBeWrittenIsNoTrouble() throws IOException {
    ProbeCache cache = new ProbeCache(Files.createFile(directory.resolve("file")));

    cache.store("name", "key", Json.of(1));

    assertThat(cache.find("name", "key")).isEmpty();
  }

  @Test
  void aProgramHasABuildId() {
    assertThat(BuildId.of(Path.of("/usr/bin/env").toAbsolutePath()))
        .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f]{16,}"));
  }

  @Test
  void aDamagedProgramHasNoBuildIdAndDoesNoHarm() throws IOException {
    byte[] head = Arrays.copyOf(Files.readAllBytes(Path.of("/usr/bin/env")), 4096);
    for (int at = 0; at < head.length; at++) {
      byte[] damaged = head.clone();
      damaged[at] ^= (byte) 0xff;
      assertThat(BuildId.find(little(damaged))).isNotNull();
      assertThat(BuildId.find(little(Arrays.copyOf(head, at)))).isNotNull();
    }
    assertThat(BuildId.find(little(new byte[0]))).isEmpty();
    assertThat(BuildId.of(Files.writeString(directory.resolve("script"), "#!/bin/sh\n"))).isEmpty();
  }

  @Test
  void firmwareIsReadInOrderAndOverriddenByName() throws IOException {
    Path code = Files.createFile(directory.resolve("code.fd"));
    Path vars = Files.createFile(directory.resolve("vars.fd"));
    Path usr = Files.createDirectory(directory.resolve("usr"));
    Path etc = Files.createDirectory(directory.resolve("etc"));
    Files.writeString(usr.resolve("60-b.json"), descriptor(code, vars, "x86_64", "secure-boot"));
    Files.writeString(usr.resolve("50-a.json"), descriptor(code, vars, "x86_64", "acpi-s3"));
    Files.writeString(usr.resolve("40-arm.json"), descriptor(code, vars, "aarch64", "x"));
    Files.writeString(
        usr.resolve("41-gone.json"), descriptor(vars.resolve("no"), vars, "x86_64", "x"));
    Files.writeString(usr.resolve("42-damaged.json"), "{");
    Files.writeString(usr.resolve("43-hidden.json"), descriptor(code, vars, "x86_64", "hidden"));
    Files.writeString(usr.resolve("README"), "no descriptor");
    Files.createFile(etc.resolve("43-hidden.json"));
    Files.writeString(etc.resolve("60-b.json"), descriptor(code, vars, "x86_64", "ours"));

    List<Firmware> found =
        new FirmwareDescriptors(List.of(usr, etc, directory.resolve("absent"))).read();

    assertThat(found)
        .containsExactly(
            new Firmware(code.toString(), vars.toString(), List.of("pc-q35-*"), Set.of("acpi-s3")),
            new Firmware(code.toString(), vars.toString(), List.of("pc-q35-*"), Set.of("ours")));
  }

  @Test
  void abilitiesAreNamedAfterOptions() {
    assertThat(
            SidecarProbe.options(
                """
                  -s, --socket PATH  UNIX domain socket path
                      --vhost-user   Enable vhost-user mode
                  -- end, a---b, --X, no--option
                """))
        .containsExactly("socket", "vhost-user");
  }

  @Test
  void hugePagesAreCountedBySize() throws IOException {
    Path small = Files.createDirectories(directory.resolve("hugepages-2048kB"));
    Files.writeString(small.resolve("free_hugepages"), "7\n");
    Files.createDirectories(directory.resolve("something-else"));

    assertThat(new Hugepages(directory).free()).isEqualTo(Map.of(2L * 1024 * 1024, 7L));
    assertThat(new Hugepages(directory.resolve("absent")).free()).isEmpty();
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  }

  private static String descriptor(Path code, Path vars, String architecture, String feature) {
    return """
    {"mapping": {"device": "flash",
                 "executable": {"filename": "%s", "format": "raw"},
                 "nvram-template": {"filename": "%s", "format": "raw"}},
     "targets": [{"architecture": "%s", "machines": ["pc-q35-*"]}],
     "features": ["%s"]}
    """
        .formatted(code, vars, architecture, feature);
  }
}
