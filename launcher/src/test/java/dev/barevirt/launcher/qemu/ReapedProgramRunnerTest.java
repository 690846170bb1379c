package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.disk.ProgramRunner;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.Programs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReapedProgramRunnerTest {
  private final ReapedProgramRunner runner =
      new ReapedProgramRunner(Programs.of("/usr/bin:/bin"), Children.ofThisProcess());

  @Test
  void tellsWhatAProgramSaidAndHowItEnded() throws Exception {
    var ended = run(1000, "sh", "-c", "echo out; echo err >&2; exit 3");

    assertThat(ended).isEqualTo(new ProgramRunner.Finished(3, "out\n", "err\n", false));
  }

  @Test
  void keepsTheBeginningOfMuch() throws Exception {
    var ended = run(10, "sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x");

    assertThat(ended).isEqualTo(new ProgramRunner.Finished(0, "x".repeat(10), "", true));
  }

  @Test
  void endsAProgramThatDoesNot() {
    assertThatThrownBy(
            () ->
                runner.run(
                    new ProgramRunner.Call(List.of("sleep", "600"), Duration.ofMillis(200), 10)))
        .isInstanceOf(DiskException.class)
        .hasMessageStartingWith("sleep did not end within");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> run(10, "no-such-program"))
        .isInstanceOf(DiskException.class)
        .hasMessage("no-such-program is not installed");
  }

  private ProgramRunner.Finished run(int limit, String... argv) throws InterruptedException {
    return runner.run(new ProgramRunner.Call(List.of(argv), Duration.ofSeconds(30), limit));
  }
}
