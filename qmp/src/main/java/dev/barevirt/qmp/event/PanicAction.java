package dev.barevirt.qmp.event;

/** What happens to a guest that panicked. */
public enum PanicAction {
  /** {@code pause}. */
  PAUSE,
  /** {@code poweroff}. */
  POWEROFF,
  /** {@code run}. */
  RUN,
  /** A value this version does not know. */
  UNKNOWN
}
