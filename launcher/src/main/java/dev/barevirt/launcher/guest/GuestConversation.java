package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.LauncherCommand.AgentExec;
import dev.barevirt.api.launcher.LauncherCommand.AgentExecStatus;
import dev.barevirt.api.launcher.LauncherCommand.AgentFileRead;

/**
 * What can be asked of the agent in the guest. All block, and throw {@link GuestException} when
 * there is no agent or it refuses.
 */
public interface GuestConversation {

  /** Starts a program; the answer names it. */
  AgentExec.Started exec(AgentExec program) throws InterruptedException;

  /** How a program is. */
  AgentExecStatus.Status status(long pid) throws InterruptedException;

  /** Opens a file; the answer names it. */
  long open(String path, String mode) throws InterruptedException;

  /** The next piece of a file. */
  AgentFileRead.Piece read(long handle, int count) throws InterruptedException;

  /** Writes the next piece of a file, given in base64. */
  void write(long handle, String data) throws InterruptedException;

  /** Closes a file. */
  void close(long handle) throws InterruptedException;

  /** All it tells about the guest, now. */
  AgentReport info() throws InterruptedException;

  /** Freezes file systems; the answer is how many. */
  int freeze() throws InterruptedException;

  /** Thaws file systems; the answer is how many. */
  int thaw() throws InterruptedException;

  /** Sets an account's password. */
  void setPassword(String user, String password) throws InterruptedException;
}
