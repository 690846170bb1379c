package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A lock on a lock file, held until it is closed or its process ends, however it ends.
 *
 * <p>Safe because {@code flock} takes two numbers; the file itself is never deleted, so two holders
 * can never lock two different files of one name.
 */
public final class Flock implements AutoCloseable {
  private static final int SHARED = 1;
  private static final int EXCLUSIVE = 2;
  private static final int NON_BLOCKING = 4;

  private final OwnedFd file;

  private Flock(OwnedFd file) {
    this.file = file;
  }

  /** The lock, or nothing when another process (or another holder in this one) has it. */
  public static Optional<Flock> tryExclusive(Path lockFile) {
    return attempt(lockFile, EXCLUSIVE | NON_BLOCKING);
  }

  /** The lock beside other shared holders, or nothing when somebody holds it exclusively. */
  public static Optional<Flock> tryShared(Path lockFile) {
    return attempt(lockFile, SHARED | NON_BLOCKING);
  }

  /** Waits for the lock. Blocks a whole platform thread, so keep what is done under it short. */
  public static Flock exclusive(Path lockFile) {
    return attempt(lockFile, EXCLUSIVE).orElseThrow();
  }

  /** The descriptor that holds the lock: a child that inherits it holds the lock as well. */
  public OwnedFd file() {
    return file;
  }

  @Override
  public void close() {
    file.close();
  }

  private static Optional<Flock> attempt(Path lockFile, int operation) {
    OwnedFd file = OpenFile.open(lockFile, Set.of(OpenFlag.READ_WRITE, OpenFlag.CREATE));
    long result;
    do {
      result = Syscall.FLOCK.call(file.number(), operation);
    } while (result < 0 && Errno.of((int) -result) == Errno.EINTR);
    if (result == 0) {
      return Optional.of(new Flock(file));
    }
    file.close();
    if (Errno.of((int) -result) == Errno.EAGAIN) {
      return Optional.empty();
    }
    throw OsException.failed("lock " + lockFile, (int) -result);
  }
}
