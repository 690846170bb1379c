package dev.barevirt.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.launcher.cli.CliProcess.Ended;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console as a person at a terminal has it. */
final class TerminalIT {
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
  void keysGoToTheGuestAndTheEscapeKeyLeaves() throws Exception {
    Process process = cli.onTerminal("; stty -a", MicroGuest.run("web", ""));
    try (InputStream screen = process.getInputStream();
        OutputStream keys = process.getOutputStream()) {
      StringBuilder seen = new StringBuilder();
      until(process, screen, seen, "barevirt guest ready");
      assertThat(seen).contains("console of 'web', ^] leaves it");
      type(keys, "\r");
      type(keys, "echo typed-$((40 + 2))\r");
      until(process, screen, seen, "typed-42");
      type(keys, "given up\u0003");
      until(process, screen, seen, "given up^C"); // which the guest's terminal says, so it is told

      type(keys, "\u001d");
      until(process, screen, seen, "'web' goes on");
      until(process, screen, seen, "extproc"); // the end of stty's list
      assertThat(seen.substring(seen.indexOf("goes on"))).contains("\nisig icanon iexten echo ");
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(cli.run("ps").out()).contains("web", "running");
  }

  @Test
  void bashCompletesWhatIsTyped() throws Exception {
    Ended script = cli.run("completion", "bash");
    Files.writeString(cli.directory().resolve("completion"), script.out());
    Files.writeString(
        cli.directory().resolve("rc"),
        "PS1='ready> '\nbind 'set show-all-if-ambiguous on'\nsource ./completion\n");
    Process process = onTerminal("bash --noprofile --rcfile rc -i");
    try (InputStream screen = process.getInputStream();
        OutputStream keys = process.getOutputStream()) {
      StringBuilder seen = new StringBuilder();
      until(process, screen, seen, "ready> ");
      type(keys, "launcher snap\t");
      until(process, screen, seen, "launcher snapshot ");
      type(keys, "re\t");
      until(process, screen, seen, "snapshot restore ");
      type(keys, "\u0015launcher run --dry\t");
      until(process, screen, seen, "--dry-run ");
      type(keys, "\u0015launcher ima\t\t");
      until(process, screen, seen, "pull");
      type(keys, "\u0015exit\r");
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private Process onTerminal(String command) throws Exception {
    return new ProcessBuilder("script", "-qec", command, "/dev/null")
        .directory(cli.directory().toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static void type(OutputStream keys, String text) throws Exception {
    keys.write(text.getBytes(StandardCharsets.US_ASCII));
    keys.flush();
  }

  private static void until(Process process, InputStream screen, StringBuilder seen, String wanted)
      throws Exception {
    Thread impatient =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                      process.destroyForcibly();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // it was seen
                  }
                });
    int from = seen.length();
    while (seen.indexOf(wanted, Math.max(0, from - wanted.length())) < 0) {
      int next = screen.read();
      assertThat(next).as("'%s' was not seen in: %s", wanted, seen).isNotNegative();
      seen.append((char) next);
    }
    impatient.interrupt();
  }
}
