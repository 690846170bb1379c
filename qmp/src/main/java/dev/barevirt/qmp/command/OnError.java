package dev.barevirt.qmp.command;

/** What a block job does on a transfer error. */
public enum OnError {
  /** {@code report}. */
  REPORT,
  /** {@code ignore}. */
  IGNORE,
  /** {@code enospc}. */
  ENOSPC,
  /** {@code stop}. */
  STOP,
  /** {@code auto}. */
  AUTO,
  /** A value this version does not know. */
  UNKNOWN
}
