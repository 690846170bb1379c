package dev.barevirt.qmp.command;

/** What a block job copies. */
public enum MirrorSync {
  /** {@code top}. */
  TOP,
  /** {@code full}. */
  FULL,
  /** {@code none}. */
  NONE,
  /** {@code incremental}. */
  INCREMENTAL,
  /** {@code bitmap}. */
  BITMAP,
  /** A value this version does not know. */
  UNKNOWN
}
