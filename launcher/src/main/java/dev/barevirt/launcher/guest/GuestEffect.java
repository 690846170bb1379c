package dev.barevirt.launcher.guest;

import java.time.Duration;

/** What is to be done about a transition. */
public sealed interface GuestEffect {

  /**
   * Start QEMU.
   *
   * @param order what is to run, and how
   */
  record StartMachine(StartOrder order) implements GuestEffect {}

  /** Give up starting QEMU. */
  record AbortStart() implements GuestEffect {}

  /** Let the guest's processors run for the first time; it has failed when they cannot. */
  record Begin() implements GuestEffect {}

  /** Press the power button, and tell the guest's agent when there is one. */
  record Powerdown(boolean throughAgent) implements GuestEffect {}

  /** Let the guest's processors run, so that it can follow a shutdown. */
  record Unpause() implements GuestEffect {}

  /** Tell QEMU to flush and end. */
  record Quit() implements GuestEffect {}

  /** Send QEMU the signal that it obeys. */
  record Terminate() implements GuestEffect {}

  /** Send QEMU the signal that cannot be caught. */
  record Kill() implements GuestEffect {}

  /**
   * Say when a time has come; replaces one of the same kind.
   *
   * @param deadline which
   * @param after how long from now
   */
  record Arm(Deadline deadline, Duration after) implements GuestEffect {
    /** A deadline with its usual patience. */
    public static Arm of(Deadline deadline) {
      return new Arm(deadline, deadline.patience());
    }
  }

  /** Forget all deadlines. */
  record Disarm() implements GuestEffect {}

  /** Undo what starting did: sidecars, sockets, taps. */
  record CleanUp() implements GuestEffect {}
}
