package dev.barevirt.launcher.machine.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.rules.Violation;
import dev.barevirt.launcher.disk.ChildProcessRunner;
import dev.barevirt.launcher.disk.DiskFormat;
import dev.barevirt.launcher.disk.DiskImage;
import dev.barevirt.launcher.disk.QemuImg;
import dev.barevirt.launcher.machine.CommandLineRenderer;
import dev.barevirt.launcher.machine.HostResource.FdSet;
import dev.barevirt.launcher.machine.MachineOutcome;
import dev.barevirt.launcher.machine.MachinePlan;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts the real QEMU, paused, with every example it can run, and asks it what it has. */
class MediaMachineIT {
  private static final long SIZE = 8L << 20;
  private static final int DEADLINE_SECONDS = 120;
  private static final String QUESTIONS =
      """
      {"execute":"qmp_capabilities"}
      {"execute":"query-block"}
      {"execute":"query-named-block-nodes","arguments":{"flat":true}}
      {"execute":"query-rx-filter"}
      {"execute":"qom-list","arguments":{"path":"/machine/peripheral"}}
      {"execute":"quit"}
      """;

  @TempDir Path directory;

  static Stream<MediaCase> examples() {
    return MediaCase.all()
        .filter(MediaCase::real)
        .filter(example -> example.build("/d") instanceof MachineOutcome.Built);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void startsAndHasEveryDevice(MediaCase example) throws Exception {
    MachinePlan plan = built(example);
    for (var resource : plan.resources()) {
      if (resource instanceof FdSet file) {
        makeImage(Path.of(file.path()));
      }
    }

    String said = run(example, plan);

    assertThat(said).doesNotContain("\"error\"");
    plan.devices()
        .forEach(device -> assertThat(said).contains("\"name\": \"" + device.id() + "\""));
    example.vmi().spec().domain().devices().disks().stream()
        .filter(
            disk ->
                example.vmi().spec().volumes().stream().anyMatch(v -> v.name().equals(disk.name())))
        .forEach(
            disk ->
                assertThat(said)
                    .contains(
                        "\"node-name\": \"" + DeviceIds.node(String.valueOf(disk.name())) + "\""));
  }

  private MachinePlan built(MediaCase example) {
    return switch (example.build(directory.toString())) {
      case MachineOutcome.Built(MachinePlan plan) -> plan;
      case MachineOutcome.Refused(List<Violation> violations) ->
          throw new AssertionError(violations);
    };
  }

  /** Layers come from the bottom up, so the backing image of an overlay is there before it. */
  private void makeImage(Path path) throws IOException, InterruptedException {
    if (path.toString().endsWith(".raw")) {
      try (var file = new RandomAccessFile(path.toFile(), "rw")) {
        file.setLength(SIZE);
      }
      return;
    }
    var qemuImg = new QemuImg(new ChildProcessRunner(), "qemu-img");
    Path base = Path.of(path.toString().replace(".qcow2", ".base.raw"));
    if (Files.exists(base)) {
      var backing = new DiskImage(base, false, DiskFormat.RAW, SIZE, List.of());
      qemuImg.createOverlay(path, backing, SIZE);
    } else {
      qemuImg.create(path, DiskFormat.QCOW2, SIZE);
    }
  }

  private String run(MediaCase example, MachinePlan plan) throws Exception {
    var machine = example.vmi().spec().domain().machine();
    var argv = new ArrayList<>(CommandLineRenderer.pasted(plan));
    argv.addAll(
        List.of(
            "-machine",
            machine == null ? "q35" : machine.type(),
            "-accel",
            "tcg",
            "-m",
            "64",
            "-smp",
            Long.toString(example.input("/d", MediaCase.qemu7()).vcpus()),
            "-nodefaults",
            "-no-user-config",
            "-display",
            "none",
            "-S",
            "-qmp",
            "stdio"));
    Path output = directory.resolve("said");
    Path errors = directory.resolve("errors");
    Path questions = Files.writeString(directory.resolve("questions"), QUESTIONS);
    Process qemu =
        new ProcessBuilder(argv)
            .redirectInput(questions.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      assertThat(qemu.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readAllLines(errors, UTF_8))
          .filteredOn(line -> !line.endsWith("is not connected to host network"))
          .isEmpty();
      assertThat(qemu.exitValue()).isZero();
      return Files.readString(output, UTF_8);
    } finally {
      qemu.destroyForcibly();
    }
  }
}
