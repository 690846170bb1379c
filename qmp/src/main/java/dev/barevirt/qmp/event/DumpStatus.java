package dev.barevirt.qmp.event;

/** Where a memory dump is. */
public enum DumpStatus {
  /** {@code none}. */
  NONE,
  /** {@code active}. */
  ACTIVE,
  /** {@code completed}. */
  COMPLETED,
  /** {@code failed}. */
  FAILED,
  /** A value this version does not know. */
  UNKNOWN
}
