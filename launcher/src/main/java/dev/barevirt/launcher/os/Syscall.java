package dev.barevirt.launcher.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The system calls used here, all through the C library's {@code syscall}: one native handle for
 * all of them keeps the start of the resident launcher short.
 *
 * <p>Safe because each argument is a number or the address of a segment whose arena is still open
 * when the call returns, and none of these calls keeps an address.
 */
enum Syscall {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  IOCTL(16, 29),
  SOCKET(41, 198),
  BIND(49, 200),
  LISTEN(50, 201),
  SENDTO(44, 206),
  RECVFROM(45, 207),
  SHUTDOWN(48, 210),
  SOCKETPAIR(53, 199),
  KILL(62, 129),
  FCNTL(72, 25),
  FLOCK(73, 32),
  FTRUNCATE(77, 46),
  FCHMOD(91, 52),
  UMASK(95, 166),
  GETUID(102, 174),
  GETGID(104, 176),
  STATFS(137, 43),
  PRCTL(157, 167),
  SYNCFS(306, 267),
  WAITID(247, 95),
  PPOLL(271, 73),
  PIPE2(293, 59),
  PRLIMIT(302, 261),
  MEMFD_CREATE(319, 279),
  STATX(332, 291),
  MMAP(9, 222),
  MUNMAP(11, 215),
  IO_URING_SETUP(425, 425),
  PIDFD_SEND_SIGNAL(424, 424),
  PIDFD_OPEN(434, 434),
  OPENAT2(437, 437);

  private static final int MOST_ARGUMENTS = 6;
  private static final MethodHandle HANDLE =
      Libc.function(
          "syscall",
          FunctionDescriptor.of(
              Libc.LONG, Libc.LONG, Libc.LONG, Libc.LONG, Libc.LONG, Libc.LONG, Libc.LONG,
              Libc.LONG),
          Linker.Option.captureCallState("errno"));

  private final long number;

  Syscall(long x86, long arm) {
    this.number = isX86() ? x86 : arm;
  }

  /** Whether this is x86; a few constants differ from the other architectures'. */
  static boolean isX86() {
    return System.getProperty("os.arch", "").equals("amd64");
  }

  /** The result, or the negative errno. */
  long call(long... arguments) {
    long[] a = Arrays.copyOf(arguments, MOST_ARGUMENTS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.CALL_STATE);
      long result = (long) HANDLE.invokeExact(state, number, a[0], a[1], a[2], a[3], a[4], a[5]);
      return result == -1 ? -Libc.errno(state) : result;
    } catch (Throwable thrown) {
      throw Libc.impossible(thrown);
    }
  }

  /** The result of a call that has to work; {@code tried} completes the sentence "cannot …". */
  long orThrow(String tried, long... arguments) {
    long result = call(arguments);
    if (result < 0) {
      throw OsException.failed(tried, (int) -result);
    }
    return result;
  }
}
