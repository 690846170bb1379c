package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * A descriptor of a process: what is asked of it or sent to it can never hit another process that
 * got the same number later.
 *
 * <p>Safe because the kernel ties it to the process, not to the number.
 */
final class Pidfd implements AutoCloseable {
  private static final short POLLIN = 1;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private final OwnedFd fd;

  private Pidfd(OwnedFd fd) {
    this.fd = fd;
  }

  /** The process of that number, if there is one now. */
  static Optional<Pidfd> open(long pid) {
    long result = Syscall.PIDFD_OPEN.call(pid, 0);
    if (result >= 0) {
      return Optional.of(new Pidfd(OwnedFd.of((int) result)));
    }
    Errno errno = Errno.of((int) -result);
    if (errno == Errno.ESRCH || errno == Errno.EINVAL) { // EINVAL: no number a process can have
      return Optional.empty();
    }
    throw OsException.failed("watch process " + pid, (int) -result);
  }

  OwnedFd fd() {
    return fd;
  }

  /** Whether the signal was sent; false means that the process is gone. */
  boolean signal(Signal signal) {
    long result = Syscall.PIDFD_SEND_SIGNAL.call(fd.number(), signal.number(), 0, 0);
    if (result == 0) {
      return true;
    }
    if (Errno.of((int) -result) == Errno.ESRCH) {
      return false;
    }
    throw OsException.failed("send SIG" + signal.name() + " to a process", (int) -result);
  }

  boolean isAlive() {
    return !awaitExit(Duration.ZERO);
  }

  /** Whether the process ended within that time. */
  boolean awaitExit(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 4);
      MemorySegment time = arena.allocate(Libc.LONG, 2);
      poll.set(Libc.INT, 0, fd.number());
      poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      while (true) {
        long left = Math.max(0, deadline - System.nanoTime());
        time.setAtIndex(Libc.LONG, 0, left / NANOS_PER_SECOND);
        time.setAtIndex(Libc.LONG, 1, left % NANOS_PER_SECOND);
        long result = Syscall.PPOLL.call(poll.address(), 1, time.address(), 0, 0);
        if (result >= 0) {
          return result > 0;
        }
        if (Errno.of((int) -result) != Errno.EINTR) {
          throw OsException.failed("wait for a process", (int) -result);
        }
      }
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
