package dev.barevirt.launcher.disk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Runs one child program to its end. It never uses a shell; the child reads end-of-file and has an
 * environment of nothing but {@code PATH} and {@code LC_ALL=C}.
 */
@FunctionalInterface
public interface ProgramRunner {

  /**
   * Runs the program and waits for it.
   *
   * @throws DiskException when the program cannot be started or outlives its deadline; it has been
   *     killed by then
   * @throws InterruptedException when the caller is interrupted; the program has been killed
   */
  Finished run(Call call) throws InterruptedException;

  /**
   * What to run.
   *
   * @param argv program and arguments
   * @param deadline how long it may take
   * @param outputLimit bytes kept of each of stdout and stderr; what comes after is thrown away
   */
  record Call(List<String> argv, Duration deadline, int outputLimit) {
    /** Copies the list. */
    public Call {
      argv = List.copyOf(argv);
    }
  }

  /**
   * How it ended.
   *
   * @param exitCode its exit code
   * @param output the beginning of stdout
   * @param errors the beginning of stderr
   * @param cut whether output was longer than the limit
   */
  record Finished(int exitCode, String output, String errors, boolean cut) {
    static Finished of(int exitCode, byte[] output, byte[] errors, boolean cut) {
      return new Finished(
          exitCode,
          new String(output, StandardCharsets.UTF_8),
          new String(errors, StandardCharsets.UTF_8),
          cut);
    }
  }
}
