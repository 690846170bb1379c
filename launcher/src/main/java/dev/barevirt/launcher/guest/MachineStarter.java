package dev.barevirt.launcher.guest;

/** Brings a machine to the point where only its processors have to be let loose. */
public interface MachineStarter {

  /**
   * Starts a machine, or takes a running one up again. Blocks until QEMU answers. When it fails, or
   * the thread is interrupted, nothing is left behind, and the listener is told nothing.
   *
   * @throws GuestException saying why it cannot run
   */
  GuestMachine start(StartOrder order, MachineListener listener) throws InterruptedException;
}
