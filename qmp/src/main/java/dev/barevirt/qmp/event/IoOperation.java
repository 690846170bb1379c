package dev.barevirt.qmp.event;

/** The direction of a failed transfer. */
public enum IoOperation {
  /** {@code read}. */
  READ,
  /** {@code write}. */
  WRITE,
  /** A value this version does not know. */
  UNKNOWN
}
