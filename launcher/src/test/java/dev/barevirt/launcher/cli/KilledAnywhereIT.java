package dev.barevirt.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.cli.CliProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever is killed at whatever moment: afterwards machines are listed, cleaned up and run. */
final class KilledAnywhereIT {
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

  /** The victim, and the file of the machine whose appearance is the moment. */
  @ParameterizedTest
  @CsvSource({
    "command, vmi.json",
    "command, launcher.log",
    "command, report.json",
    "launcher, launcher.log",
    "launcher, machine.json",
    "launcher, report.json",
    "qemu, run",
    "qemu, report.json"
  })
  void nothingIsInTheWayOfTheNextStart(String victim, String moment) throws Exception {
    Process run = cli.start(MicroGuest.run("web", "", "-d"));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(PATIENCE)
        .until(() -> Files.exists(cli.machine("web").resolve(moment)) || !run.isAlive());
    if (victim.equals("command")) {
      run.destroyForcibly();
    } else {
      kill(cli, "web", victim);
    }
    assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(cli.run("ps", "-a").code()).isZero();
    assertThat(cli.run("gc").code()).isZero();
    Ended stop = cli.run("stop", "--force", "web");
    assertThat(stop.code()).as("%s", stop).isIn(0, 14); // a machine that never came to be is gone
    Ended again =
        stop.code() == 0 && Files.isDirectory(cli.machine("web"))
            ? cli.run("start", "web")
            : cli.run(MicroGuest.run("web", "", "-d"));
    assertThat(again.code()).as("%s", again).isZero();
    assertThat(cli.run("ps").out()).contains("running");
    assertThat(cli.run("delete", "--force", "web").code()).isZero();
    CliIT.assertNothingIsLeft(cli);
  }

  @Test
  void whatAPowerCutLeftIsNoRun() throws Exception {
    assertThat(cli.run(MicroGuest.run("web", "", "-d")).code()).isZero();
    kill(cli, "web", "launcher");
    kill(cli, "web", "qemu");
    Path record = cli.machine("web").resolve("run");
    Files.writeString(
        record, Files.readString(record).replaceFirst("boot=.*", "boot=of-another-boot"));

    assertThat(cli.run("ps", "-a").out()).contains("crashed");
    assertThat(cli.run("gc").out()).contains("a run that ended without tidying up");
    assertThat(cli.run("start", "web").code()).isZero();
    assertThat(cli.run("ps").out()).contains("running");
  }

  /** Kills a process of a machine's run, if it is there; waits for it to be gone. */
  static void kill(CliProcess cli, String name, String process) throws Exception {
    Path record = cli.machine(name).resolve("run");
    Optional<Long> pid = pid(record, process);
    if (pid.isPresent()) {
      Optional<ProcessHandle> victim = ProcessHandle.of(pid.get());
      if (victim.isPresent()) {
        victim.get().destroyForcibly();
        victim.get().onExit().get(30, TimeUnit.SECONDS);
      }
    }
  }

  static Optional<Long> pid(Path record, String process) throws IOException {
    if (!Files.exists(record)) {
      return Optional.empty();
    }
    return Files.readString(record)
        .lines()
        .filter(line -> line.startsWith(process + "="))
        .map(line -> Long.parseLong(line.substring(process.length() + 1).split(" ", 2)[0]))
        .findFirst();
  }
}
