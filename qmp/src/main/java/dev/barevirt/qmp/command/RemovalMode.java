package dev.barevirt.qmp.command;

/** Whether clients are waited for. */
public enum RemovalMode {
  /** {@code safe}. */
  SAFE,
  /** {@code hard}. */
  HARD,
  /** A value this version does not know. */
  UNKNOWN
}
