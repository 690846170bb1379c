package dev.barevirt.launcher.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Waits for children.
 *
 * <p>Safe because the kernel writes at most the 128 bytes of a {@code siginfo_t}, which is what it
 * gets.
 */
final class Waitid {
  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int P_PIDFD = 3;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x01000000;
  private static final int SIGINFO_BYTES = 128;
  private static final int CLD_EXITED = 1;

  private Waitid() {}

  /** A child that ended. */
  record Ended(long pid, ExitStatus status) {}

  /** Blocks until that child has ended, and leaves it a zombie. */
  static void untilEnded(Pidfd pidfd) {
    wait(P_PIDFD, pidfd.fd().number(), WEXITED | WNOWAIT);
  }

  /** Takes the exit status of a child that has ended; its number may be used again afterwards. */
  static ExitStatus reap(long pid) {
    return wait(P_PID, pid, WEXITED).status();
  }

  /**
   * Blocks until any child has ended and leaves it a zombie; a pid of 0 says that there is no child
   * at all.
   */
  static Ended untilAnyEnded() {
    return wait(P_ALL, 0, WEXITED | WNOWAIT);
  }

  private static Ended wait(int kind, long id, int options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGINFO_BYTES, 8);
      while (true) {
        long result = Syscall.WAITID.call(kind, id, info.address(), options, 0);
        if (result == 0) {
          int code = info.get(Libc.INT, 8);
          int status = info.get(Libc.INT, 24);
          return new Ended(
              info.get(Libc.INT, 16),
              code == CLD_EXITED
                  ? new ExitStatus.Exited(status)
                  : new ExitStatus.Signalled(status));
        }
        switch (Errno.of((int) -result)) {
          case EINTR -> {}
          case ECHILD -> {
            return new Ended(0, new ExitStatus.Unknown());
          }
          default -> throw OsException.failed("wait for a child", (int) -result);
        }
      }
    }
  }
}
