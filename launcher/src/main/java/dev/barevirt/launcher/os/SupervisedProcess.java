package dev.barevirt.launcher.os;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A process that this one watches: its own child, or one it found running and took over. */
public sealed interface SupervisedProcess permits RunningProcess, AdoptedProcess {
  /** Which process it is. */
  ProcessIdentity identity();

  /** Completes once, when the process has ended. */
  CompletionStage<ExitStatus> onExit();

  /** How it ended, or nothing when it is still there after that time. */
  Optional<ExitStatus> awaitExit(Duration limit);

  /** Whether the signal was sent; false means that the process is gone. */
  boolean signal(Signal signal);

  /** Whether it has not ended yet. */
  boolean isAlive();

  /** Its number, for messages and for calls that take nothing better. */
  default long pid() {
    return identity().pid();
  }
}
