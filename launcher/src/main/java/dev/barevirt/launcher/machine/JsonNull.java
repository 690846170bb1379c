package dev.barevirt.launcher.machine;

/**
 * A member that says null, where saying nothing would mean something else: a qcow2 node without
 * {@code backing} follows whatever its header names.
 */
public enum JsonNull {
  /** The value {@code null}, written out. */
  WRITTEN
}
