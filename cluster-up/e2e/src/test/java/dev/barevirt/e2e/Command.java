package dev.barevirt.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, with a deadline. */
record Command(List<String> words, Map<String, String> environment, Duration deadline) {

  /** What a program has said, on both streams, and its exit status. */
  record Outcome(int status, String output) {}

  static Command of(String program, String... arguments) {
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(List.of(arguments));
    return new Command(words, Map.of(), Duration.ofMinutes(5));
  }

  Command with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new Command(words, more, deadline);
  }

  /** Runs it and answers what it said; fails when it ends with another status than 0. */
  String output() {
    Outcome outcome = run();
    if (outcome.status() != 0) {
      throw new AssertionError(
          "%s ended with %d:%n%s"
              .formatted(String.join(" ", words), outcome.status(), outcome.output()));
    }
    return outcome.output();
  }

  Outcome run() {
    try {
      Path log = Files.createTempFile("e2e-command", ".log");
      try {
        return new Outcome(statusOf(log), Files.readString(log).strip());
      } finally {
        Files.delete(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + words, e);
    }
  }

  private int statusOf(Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(
          "%s did not end within %s:%n%s"
              .formatted(String.join(" ", words), deadline, Files.readString(log)));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + words, e);
    }
  }
}
