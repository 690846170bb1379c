package dev.barevirt.virtctl.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The terminal on standard input, passing on every key as it is until closed. It is prepared by
 * stty, which every system with terminals has; where standard input is no terminal, nothing is
 * done.
 */
public final class RawTerminal implements AutoCloseable {
  private static final Runtime RUNTIME = Runtime.getRuntime();

  private final String before;
  private final Thread atExit;

  private RawTerminal(String before) {
    this.before = before;
    this.atExit = new Thread(this::restore, "restore-terminal");
  }

  /** Makes the terminal raw. */
  public static RawTerminal enter() {
    RawTerminal terminal = new RawTerminal(stty("-g"));
    if (!terminal.before.isEmpty()) {
      RUNTIME.addShutdownHook(terminal.atExit);
      stty("raw", "-echo");
    }
    return terminal;
  }

  @Override
  public void close() {
    if (before.isEmpty()) {
      return;
    }
    restore();
    try {
      RUNTIME.removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The process ends already, and the hook does the same once more.
    }
  }

  private void restore() {
    stty(before);
  }

  /** What stty prints; nothing when there is no terminal, or no stty. */
  private static String stty(String... arguments) {
    List<String> words = new ArrayList<>(List.of("stty"));
    words.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? said : "";
    } catch (IOException _) {
      return "";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
