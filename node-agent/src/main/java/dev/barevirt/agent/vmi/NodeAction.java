package dev.barevirt.agent.vmi;

import java.time.Duration;

/** What the agent does next for an instance. */
sealed interface NodeAction {
  /** Nothing, until something changes. */
  record Nothing() implements NodeAction {}

  /** Nothing, until some time has passed. */
  record Wait(Duration time) implements NodeAction {}

  /** Connects the guest and asks the launcher to start it. */
  record Start(PodFacts pod) implements NodeAction {}

  /** Asks the guest to switch itself off, and looks again when its patience is over. */
  record Shutdown(long graceSeconds, Duration patience) implements NodeAction {}

  /** Ends the guest without asking it, and looks again after a while. */
  record Kill(boolean force, Duration patience) implements NodeAction {}
}
