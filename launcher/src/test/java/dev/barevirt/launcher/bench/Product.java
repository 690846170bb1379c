package dev.barevirt.launcher.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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
    Path errors = work.resolve("errors");
    long began = System.nanoTime();
    Process process = start(arguments, errors);
    try (BufferedReader lines = lines(process)) {
      await(process, lines, text, errors);
      return (System.nanoTime() - began) / 1e6;
    } finally {
      end(process);
    }
  }

  /**
   * How long any program takes from the answer to its prompt, a line on its input, until it prints
   * a line with this text; it and all it started are ended then.
   */
  static double millisFromPromptToLine(
      List<String> command, Path errors, String prompt, String text) throws IOException {
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (BufferedReader lines = lines(process);
        OutputStream answer = process.getOutputStream()) {
      await(process, lines, prompt, errors);
      long began = System.nanoTime();
      answer.write('\n');
      answer.flush();
      await(process, lines, text, errors);
      return (System.nanoTime() - began) / 1e6;
    } finally {
      end(process);
    }
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void await(Process process, BufferedReader lines, String text, Path errors)
      throws IOException {
    Thread impatient = Thread.ofVirtual().start(() -> endLate(process));
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(text)) {
          return;
        }
      }
    } finally {
      impatient.interrupt();
    }
    throw new IOException(
        "nothing printed '%s' in time: %s".formatted(text, Files.readString(errors)));
  }

  /** Whoever waits for a line of a process that never prints it is not to wait for ever. */
  private static void endLate(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        end(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the line came
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
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
