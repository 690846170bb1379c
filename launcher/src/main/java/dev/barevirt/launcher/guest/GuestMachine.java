package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestReason;
import java.util.Optional;

/** A QEMU process with a guest in it. Methods block on QEMU, but for the first two. */
public interface GuestMachine {

  /** What is known about it, without asking. */
  MachineFacts facts();

  /** Why the guest's processors are to stand still now; empty when they may run. */
  Optional<GuestReason> pausedBecause();

  /** Lets the guest's processors run. */
  void run() throws InterruptedException;

  /**
   * Presses the power button.
   *
   * @param throughAgent whether the guest's agent, when there is one, is asked as well
   */
  void powerdown(boolean throughAgent) throws InterruptedException;

  /** Tells QEMU to flush and end; answers when that was said, not when it is done. */
  void quit() throws InterruptedException;

  /** Sends the signal that QEMU obeys. */
  void terminate();

  /** Sends the signal that cannot be caught. */
  void kill();

  /** Everything else that can be done with it. */
  MachineOperations operations();

  /** Undoes what starting did. Called once, after the process is gone. */
  void cleanUp();
}
