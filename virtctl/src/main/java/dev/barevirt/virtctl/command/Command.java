package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;

/** One verb. */
public interface Command {
  /** Exit status for "done". */
  int DONE = 0;

  /** What it looks like from outside. */
  Outline outline();

  /** Does it and answers the exit status; failures are thrown. */
  int run(Session session, Arguments arguments) throws InterruptedException;
}
