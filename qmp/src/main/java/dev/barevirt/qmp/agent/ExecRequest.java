package dev.barevirt.qmp.agent;

import java.util.List;

/**
 * A program to run in the guest; no shell is involved.
 *
 * @param path the program
 * @param arguments its arguments, without the program's name
 * @param environment {@code NAME=value}; empty for the agent's own
 * @param input what it reads
 * @param captureOutput whether its output is kept until asked for
 */
public record ExecRequest(
    String path,
    List<String> arguments,
    List<String> environment,
    Bytes input,
    boolean captureOutput) {
  /** Copies the lists. */
  public ExecRequest {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }

  /** A program without input, whose output is kept. */
  public static ExecRequest of(String path, String... arguments) {
    return new ExecRequest(path, List.of(arguments), List.of(), Bytes.NONE, true);
  }
}
