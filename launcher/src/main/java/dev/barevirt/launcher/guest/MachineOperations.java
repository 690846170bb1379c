package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand.DiskSnapshot;
import java.nio.file.Path;
import java.util.List;

/**
 * What can be done with a running machine. All block until it is done, and throw {@link
 * GuestException} when it cannot be.
 */
public interface MachineOperations {

  /** Stops the guest's processors. */
  void pause() throws InterruptedException;

  /** Lets the guest's processors run again. */
  void resume() throws InterruptedException;

  /** Presses the reset button. */
  void reset() throws InterruptedException;

  /** Asks the guest to boot again, through its agent or its keyboard. */
  void softReboot() throws InterruptedException;

  /** Sends a non-maskable interrupt. */
  void injectNmi() throws InterruptedException;

  /** Writes what the first display shows to a new PNG file. */
  void screenshot(Path file) throws InterruptedException;

  /** Moves the pointer by one step and back, which wakes a screen that went dark. */
  void moveCursor() throws InterruptedException;

  /** Writes the guest's memory to a new file. */
  void dumpMemory(Path file) throws InterruptedException;

  /** Makes the disk of that name larger. */
  void resizeDisk(String disk, long bytes) throws InterruptedException;

  /** Plugs or pulls the cable of the interface of that name. */
  void setLink(String networkInterface, boolean up) throws InterruptedException;

  /** Plugs and unplugs until the machine has what the request names. */
  void replug(GuestRequest request) throws InterruptedException;

  /** Puts new images on top of the disks' present ones, all at one moment. */
  List<DiskSnapshot> snapshotDisks(List<String> disks, boolean quiesce) throws InterruptedException;

  /** Writes memory and devices to a new file; the guest's processors stand still afterwards. */
  void save(Path file) throws InterruptedException;

  /** Hands one command to QEMU's monitor and returns its answer, both as JSON text. */
  String qmp(String command, String arguments) throws InterruptedException;

  /** The machine's streams. */
  MachineStreams streams();

  /** The guest's agent. */
  GuestConversation agent();
}
