package dev.barevirt.api.launcher;

/** Where a guest is in its life. */
public enum GuestPhase {
  /** The launcher runs, and no guest was asked for yet. */
  IDLE,
  /** Volumes are prepared, QEMU is spawned and shaken hands with. */
  STARTING,
  /** The guest's processors run. */
  RUNNING,
  /** QEMU is there and the guest's processors stand still. */
  PAUSED,
  /** An end was asked for and has not come yet. */
  STOPPING,
  /** The guest ended in a way somebody wanted. */
  SUCCEEDED,
  /** The guest ended in a way nobody wanted, or never began. */
  FAILED;

  /** Whether nothing follows but a new start. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED;
  }

  /** Whether a QEMU process may exist. */
  public boolean isAlive() {
    return this == STARTING || this == RUNNING || this == PAUSED || this == STOPPING;
  }
}
