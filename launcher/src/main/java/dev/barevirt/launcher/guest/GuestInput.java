package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** All that can happen to a guest. */
public sealed interface GuestInput {

  /**
   * Somebody wants the guest to run.
   *
   * @param order what is to run, and how
   */
  record StartRequested(StartOrder order) implements GuestInput {}

  /**
   * QEMU is there and shaken hands with.
   *
   * @param pausedBecause why the guest's processors do not run; null when they do
   */
  record MachineStarted(@Nullable GuestReason pausedBecause) implements GuestInput {}

  /**
   * QEMU could not be started, or one to take up again was gone.
   *
   * @param reason what to call it
   * @param message one sentence for people
   */
  record MachineFailed(GuestReason reason, String message) implements GuestInput {}

  /**
   * Somebody wants the guest to switch itself off.
   *
   * @param grace how long it may take
   */
  record ShutdownRequested(Duration grace) implements GuestInput {}

  /**
   * Somebody wants QEMU gone.
   *
   * @param force whether not even QEMU is asked
   */
  record KillRequested(boolean force) implements GuestInput {}

  /** The guest's state is in a file, and it must not run on beside it. */
  record Saved() implements GuestInput {}

  /** QEMU said something. */
  record QemuSaid(GuestNews news) implements GuestInput {}

  /** The QEMU process is gone. */
  record QemuExited(QemuExit exit) implements GuestInput {}

  /** A time that the table asked to be told about has come. */
  record DeadlinePassed(Deadline deadline) implements GuestInput {}
}
