package dev.barevirt.launcher.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The built {@code bin/launcher}, used as a user uses it, in directories of its own. */
final class Product {
  private static final long PATIENCE_SECONDS = 120;

  private final Path program;
  private final Path work;

  Product(Path program, Path work) {
    this.program = program;
    this.work = work;
  }

  /** Runs one command to its end and gives what it printed. */
  String run(List<String> arguments) throws IOException, InterruptedException {
    Path errors = work.resolve("errors");
    Process process = start(arguments, errors);
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(
          "launcher %s failed: %s".formatted(arguments, Files.readString(errors)));
    }
    return printed;
  }

  /** How long a command takes to print its first byte, in milliseconds. */
  double millisToFirstByte(List<String> arguments) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process = start(arguments, work.resolve("errors"));
    int first = process.getInputStream().read();
    double took = (System.nanoTime() - began) / 1e6;
    process.getInputStream().readAllBytes();
    if (process.waitFor() != 0 || first < 0) {
      throw new IOException("launcher %s failed".formatted(arguments));
    }
    return took;
  }

  /** How long a command takes until a line with this text is printed, in milliseconds. */
  double millisToLine(List<String> arguments, String text) throws IOException {
    List<String> command = command(arguments);
    return millisToLine(command, work.resolve("errors"), environment(), text);
  }

  /** How long any program takes until it prints such a line; it is ended then. */
  static double millisToLine(
      List<String> command, Path errors, Map<String, String> environment, String text)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(text)) {
          return (System.nanoTime() - began) / 1e6;
        }
      }
      throw new IOException(
          "%s ended before it printed '%s': %s"
              .formatted(command.getFirst(), text, Files.readString(errors)));
    } finally {
      process.destroy();
      process.onExit().join();
    }
  }

  private Process start(List<String> arguments, Path errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectError(errors.toFile());
    builder.environment().putAll(environment());
    return builder.start();
  }

  private List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return command;
  }

  private Map<String, String> environment() {
    return Map.of(
        "BAREVIRT_STATE_DIR", work.resolve("state").toString(),
        "BAREVIRT_RUNTIME_DIR", work.resolve("run").toString());
  }
}
