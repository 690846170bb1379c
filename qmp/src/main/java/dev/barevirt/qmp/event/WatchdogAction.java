package dev.barevirt.qmp.event;

/** What a watchdog does when it expires. */
public enum WatchdogAction {
  /** {@code reset}. */
  RESET,
  /** {@code shutdown}. */
  SHUTDOWN,
  /** {@code poweroff}. */
  POWEROFF,
  /** {@code pause}. */
  PAUSE,
  /** {@code debug}. */
  DEBUG,
  /** {@code none}. */
  NONE,
  /** {@code inject-nmi}. */
  INJECT_NMI,
  /** A value this version does not know. */
  UNKNOWN
}
