package dev.barevirt.agent.vmi;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.OwnedFd;
import java.time.Duration;
import java.util.Map;

/** The launcher of one pod, which has dialled and whose identity is known. */
public interface GuestLink {
  /** The pod it runs in. */
  String podUid();

  /**
   * Executes a command and waits for its answer.
   *
   * @throws GuestCallException when it was refused, failed, or took too long
   */
  <R extends Record> R call(LauncherCommand<R> command, Duration deadline)
      throws InterruptedException;

  /** Hands over open files, taking them; a later request uses them by name. */
  void passDescriptors(Map<String, OwnedFd> named, Duration deadline) throws InterruptedException;

  /** Opens a stream of the guest. */
  ByteStream openStream(LauncherCommand.OpenStream.Stream stream, Duration deadline)
      throws InterruptedException;
}
