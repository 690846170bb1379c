package dev.barevirt.launcher.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.barevirt.launcher.machine.Examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Starts the real QEMU, paused and emulating, with the command line of every example that needs no
 * KVM, and asks it what it has.
 */
class MachineIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final Path GUESTS =
      Path.of(System.getProperty("barevirt.guests", "../target/guests")).toAbsolutePath();
  private static final String QUESTIONS =
      """
      {"execute":"qmp_capabilities"}
      {"execute":"query-status"}
      {"execute":"query-memory-size-summary"}
      {"execute":"query-cpus-fast"}
      {"execute":"query-uuid"}
      {"execute":"query-chardev"}
      {"execute":"qom-list","arguments":{"path":"/machine/peripheral"}}
      {"execute":"quit"}
      """;

  private final List<Process> children = new ArrayList<>();
  private Path directory = Path.of("/tmp");

  @BeforeEach
  void makeShortDirectory() throws IOException {
    directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
  }

  @AfterEach
  void clearUp() throws IOException {
    children.forEach(Process::destroyForcibly);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  static Stream<Example> examples() {
    return Examples.all().stream().filter(example -> !example.needsKvm());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void startsAndHasEveryDevice(Example example) throws Exception {
    assertThat(GUESTS.resolve("vmlinuz")).as("the guests of `make images`").isRegularFile();
    MachineInput in =
        example.input(
            Hosts.emulating(),
            new MachinePaths(directory.toString(), directory.toString()),
            GUESTS.toString());
    MachinePlan plan = example.plan(in);
    for (FileCopy copy : plan.copies()) {
      Files.copy(Path.of(copy.from()), Path.of(copy.to()));
    }
    for (Sidecar sidecar : plan.sidecars()) {
      start(sidecar);
    }

    String said = run(plan);

    assertThat(said).doesNotContain("\"error\"").contains("\"status\": \"prelaunch\"");
    assertThat(said).contains("\"base-memory\": " + GuestMemory.of(in.vmi()));
    assertThat(said.split("\"cpu-index\"", -1)).hasSize((int) in.vcpus() + 1);
    plan.devices()
        .forEach(device -> assertThat(said).contains("\"name\": \"" + device.id() + "\""));
    plan.backends().stream()
        .filter(Backend.Chardev.class::isInstance)
        .forEach(chardev -> assertThat(said).contains("\"label\": \"" + chardev.id() + "\""));
  }

  private void start(Sidecar sidecar) throws IOException {
    for (String needed : sidecar.directories()) {
      Files.createDirectories(Path.of(needed));
    }
    List<String> argv = new ArrayList<>(List.of(sidecar.program()));
    argv.addAll(sidecar.args());
    children.add(
        new ProcessBuilder(argv)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(sidecar.name() + ".log").toFile())
            .start());
    await().atMost(DEADLINE).until(() -> Files.exists(Path.of(sidecar.socket())));
  }

  private String run(MachinePlan plan) throws Exception {
    List<String> argv = new ArrayList<>(CommandLineRenderer.pasted(plan));
    argv.addAll(List.of("-qmp", "stdio"));
    Path output = directory.resolve("said");
    Path errors = directory.resolve("errors");
    Process qemu =
        new ProcessBuilder(argv)
            .redirectInput(Files.writeString(directory.resolve("asked"), QUESTIONS).toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    children.add(qemu);
    assertThat(qemu.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(qemu.exitValue()).as(() -> read(errors)).isZero();
    return read(output);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new AssertionError("read " + file, e);
    }
  }
}
