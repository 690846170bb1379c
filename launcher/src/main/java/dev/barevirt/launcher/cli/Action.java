package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.ExitCode;

/** What a command does once its arguments are parsed. */
@FunctionalInterface
interface Action {
  /** Exit status for "done". */
  int DONE = ExitCode.OK.number();

  /** Does it and returns the exit status; failures are thrown. */
  int run() throws InterruptedException;

  /** Whether what follows the first argument belongs to a command in the guest, options and all. */
  default boolean passesArgumentsOn() {
    return false;
  }
}
