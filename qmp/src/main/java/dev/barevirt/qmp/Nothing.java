package dev.barevirt.qmp;

/** What a command returns that returns nothing. */
public enum Nothing {
  /** The only one. */
  NOTHING
}
