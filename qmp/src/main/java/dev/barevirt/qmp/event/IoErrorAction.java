package dev.barevirt.qmp.event;

/** What QEMU did about a failed transfer. */
public enum IoErrorAction {
  /** {@code ignore}. */
  IGNORE,
  /** {@code report}. */
  REPORT,
  /** {@code stop}. */
  STOP,
  /** A value this version does not know. */
  UNKNOWN
}
