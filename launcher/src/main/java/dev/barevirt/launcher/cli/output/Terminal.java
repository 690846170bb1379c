package dev.barevirt.launcher.cli.output;

/**
 * Which of the standard streams are terminals; decides about colour, progress in place and the
 * console's raw mode.
 *
 * @param input stdin is a terminal
 * @param output stdout is a terminal
 * @param error stderr is a terminal
 */
public record Terminal(boolean input, boolean output, boolean error) {
  /** No stream is a terminal, as in a pipe or a CI job. */
  public static final Terminal NONE = new Terminal(false, false, false);

  /** True when a person can be talked to in both directions. */
  public boolean interactive() {
    return input && output;
  }
}
