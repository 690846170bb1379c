package dev.barevirt.launcher.store;

import dev.barevirt.launcher.os.BootId;
import dev.barevirt.launcher.os.ProcessIdentity;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What of a machine is alive, decided from its run record and nothing that it would have to ask.
 */
public enum Liveness {
  /** Nothing runs and nothing is left of a run. */
  STOPPED,
  /** Its launcher runs. */
  RUNNING,
  /** Its QEMU runs without a launcher: the next command takes it up again. */
  ORPHANED,
  /** A run ended without tidying up: a power cut, or everything was killed. */
  STALE;

  /** Decides. */
  static Liveness of(Optional<RunRecord> record, BootId now, Predicate<ProcessIdentity> isAlive) {
    if (record.isEmpty()) {
      return STOPPED;
    }
    RunRecord run = record.get();
    if (!run.boot().equals(now)) {
      return STALE;
    }
    if (isAlive.test(run.launcher())) {
      return RUNNING;
    }
    return run.qemu() != null && isAlive.test(run.qemu()) ? ORPHANED : STALE;
  }
}
