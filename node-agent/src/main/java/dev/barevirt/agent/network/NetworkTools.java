package dev.barevirt.agent.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code ip} and {@code nft}. Children are in the network namespace of the thread that starts
 * them, which is how they get into a pod's.
 */
final class NetworkTools {
  private static final int LONGEST_OUTPUT = 256 * 1024;
  private static final long PATIENCE_SECONDS = 10;

  private NetworkTools() {}

  /** How a program ended. */
  private record Outcome(int status, String output) {}

  static String ip(String... arguments) throws InterruptedException {
    return run("ip", List.of(arguments), "");
  }

  /** Does what may have nothing to do. */
  static void ipIfThere(String... arguments) throws InterruptedException {
    var _ = outcome("ip", List.of(arguments), "");
  }

  static void nft(String script) throws InterruptedException {
    var _ = run("nft", List.of("-f", "-"), script);
  }

  private static String run(String program, List<String> arguments, String input)
      throws InterruptedException {
    Outcome outcome = outcome(program, arguments, input);
    if (outcome.status() != 0) {
      throw new NetworkException(
          NetworkException.Kind.FAILED,
          "%s %s failed: %s".formatted(program, String.join(" ", arguments), outcome.output()));
    }
    return outcome.output();
  }

  private static Outcome outcome(String program, List<String> arguments, String input)
      throws InterruptedException {
    List<String> command = new ArrayList<>(arguments);
    command.addFirst(program);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        try (OutputStream to = process.getOutputStream()) {
          to.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = read(process);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new NetworkException(
              NetworkException.Kind.FAILED, program + " does not come to an end");
        }
        return new Outcome(process.exitValue(), output);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new NetworkException("cannot run " + program, e);
    }
  }

  private static String read(Process process) throws IOException {
    try (InputStream from = process.getInputStream()) {
      return new String(from.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8).strip();
    }
  }
}
