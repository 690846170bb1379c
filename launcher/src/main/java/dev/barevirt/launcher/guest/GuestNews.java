package dev.barevirt.launcher.guest;

import org.jspecify.annotations.Nullable;

/** What QEMU says about a guest's life, in the launcher's words. */
public sealed interface GuestNews {

  /** The guest's processors stand still. */
  record Stopped() implements GuestNews {}

  /** The guest's processors run. */
  record Resumed() implements GuestNews {}

  /** The machine was reset and boots again. */
  record WasReset(boolean byGuest) implements GuestNews {}

  /**
   * The guest's kernel panicked.
   *
   * @param message what is known about it
   */
  record Panicked(@Nullable String message) implements GuestNews {}

  /**
   * The guest's watchdog fired.
   *
   * @param action what QEMU does about it
   */
  record WatchdogFired(WatchdogAction action) implements GuestNews {}

  /** What QEMU does when a watchdog fires. */
  enum WatchdogAction {
    /** The machine is reset. */
    RESET,
    /** The guest is asked to switch itself off. */
    SHUTDOWN,
    /** QEMU ends at once. */
    POWEROFF,
    /** The guest's processors stand still. */
    PAUSE,
    /** Nothing that changes the guest's life. */
    OTHER
  }

  /**
   * A disk request failed.
   *
   * @param device the disk
   * @param message what failed
   * @param stops whether the guest stands still because of it
   */
  record IoFailed(String device, String message, boolean stops) implements GuestNews {}

  /** QEMU is about to end. */
  record ShutsDown(ShutdownCause cause) implements GuestNews {}
}
