package dev.barevirt.qmp.wire;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The handful of socket calls of 64-bit Linux that this package makes. Each returns the call's
 * result, or the negated errno when it failed.
 *
 * <p>Safe because every pointer passed lives in an arena that outlives the call, lengths are taken
 * from the segments themselves, and no call keeps a pointer after it returns.
 */
final class Posix {
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EPIPE = 32;
  static final int ECONNABORTED = 103;
  static final int ECONNRESET = 104;
  static final int MSG_CTRUNC = 0x8;
  static final int MSG_DONTWAIT = 0x40;
  static final int MSG_NOSIGNAL = 0x4000;
  static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

  /** What {@code sun_path} holds, without its closing zero byte. */
  static final int LONGEST_PATH = 107;

  private static final int AF_UNIX = 1;
  private static final int STREAM_NONBLOCK_CLOEXEC = 1 | 0x800 | 0x8_0000;
  private static final int STREAM_CLOEXEC = 1 | 0x8_0000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int SO_PEERPIDFD = 77;
  private static final long PIDFD_OPEN = 434; // the same on every architecture
  private static final short POLLIN = 1;
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int O_NONBLOCK = 0x800;
  private static final int SHUT_WR = 1;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /**
   * All calls go through the C library's {@code syscall}, so that one native handle serves them
   * all: each further shape of a call costs the start of a launcher ten milliseconds or more.
   */
  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
              JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private static final boolean X86 = System.getProperty("os.arch", "").equals("amd64");
  private static final long SOCKET = X86 ? 41 : 198;
  private static final long SOCKETPAIR = X86 ? 53 : 199;
  private static final long CONNECT = X86 ? 42 : 203;
  private static final long BIND = X86 ? 49 : 200;
  private static final long LISTEN = X86 ? 50 : 201;
  private static final long ACCEPT4 = X86 ? 288 : 242;
  private static final long SENDMSG = X86 ? 46 : 211;
  private static final long RECVMSG = X86 ? 47 : 212;
  private static final long GETSOCKOPT = X86 ? 55 : 209;
  private static final long PPOLL = X86 ? 271 : 73;
  private static final long SHUTDOWN = X86 ? 48 : 210;
  private static final long CLOSE = X86 ? 3 : 57;
  private static final long FCNTL = X86 ? 72 : 25;

  private Posix() {}

  /** Memory for errno: one per thread or per call. */
  static MemorySegment errnoMemory(Arena arena) {
    return arena.allocate(ERRNO_LAYOUT);
  }

  /** The call's result, or the negated errno. */
  private static int call(
      MemorySegment errno, long number, long a, long b, long c, long d, long e) {
    try {
      long result = (long) SYSCALL.invokeExact(errno, number, a, b, c, d, e, 0L);
      return result < 0 ? -(int) ERRNO.get(errno, 0L) : (int) result;
    } catch (Throwable thrown) {
      throw impossible(thrown);
    }
  }

  private static int call(long number, long a, long b, long c, long d, long e) {
    try (Arena arena = Arena.ofConfined()) {
      return call(errnoMemory(arena), number, a, b, c, d, e);
    }
  }

  /** A new non-blocking stream socket. */
  static int socket() {
    return call(SOCKET, AF_UNIX, STREAM_NONBLOCK_CLOEXEC, 0, 0, 0);
  }

  /** Two connected sockets, blocking; their numbers go into {@code pair}. */
  static int socketPair(int[] pair) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(JAVA_INT, 2);
      int r = call(SOCKETPAIR, AF_UNIX, STREAM_CLOEXEC, 0, numbers.address(), 0);
      pair[0] = numbers.getAtIndex(JAVA_INT, 0);
      pair[1] = numbers.getAtIndex(JAVA_INT, 1);
      return r;
    }
  }

  static int connect(int fd, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = address(arena, path);
      return call(CONNECT, fd, address.address(), address.byteSize(), 0, 0);
    }
  }

  static int bind(int fd, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = address(arena, path);
      return call(BIND, fd, address.address(), address.byteSize(), 0, 0);
    }
  }

  static int listen(int fd, int backlog) {
    return call(LISTEN, fd, backlog, 0, 0, 0);
  }

  /** Takes a waiting connection, non-blocking. */
  static int accept(MemorySegment errno, int fd) {
    return call(errno, ACCEPT4, fd, 0, 0, 0x800 | 0x8_0000, 0);
  }

  static int sendmsg(MemorySegment errno, int fd, MemorySegment header) {
    return call(errno, SENDMSG, fd, header.address(), MSG_DONTWAIT | MSG_NOSIGNAL, 0, 0);
  }

  static int recvmsg(MemorySegment errno, int fd, MemorySegment header) {
    return call(errno, RECVMSG, fd, header.address(), MSG_DONTWAIT | MSG_CMSG_CLOEXEC, 0, 0);
  }

  /** Who was at the other end when the connection was made: pid, uid, gid go into {@code ids}. */
  static int peerCredentials(int fd, int[] ids) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT, 3);
      MemorySegment length = arena.allocateFrom(JAVA_INT, 12);
      int r = call(GETSOCKOPT, fd, SOL_SOCKET, SO_PEERCRED, value.address(), length.address());
      for (int i = 0; i < 3; i++) {
        ids[i] = value.getAtIndex(JAVA_INT, i);
      }
      return r;
    }
  }

  /**
   * A descriptor of the process that was at the other end when the connection was made; fails when
   * that process is gone, or on a kernel before 6.5.
   */
  static int peerProcess(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocateFrom(JAVA_INT, 4);
      int r = call(GETSOCKOPT, fd, SOL_SOCKET, SO_PEERPIDFD, value.address(), length.address());
      return r < 0 ? r : value.get(JAVA_INT, 0);
    }
  }

  /** A descriptor of the process that has this id now; close-on-exec. */
  static int openProcess(int pid) {
    return call(PIDFD_OPEN, pid, 0, 0, 0, 0);
  }

  /** Whether a descriptor can be read now; a process's can once it has ended. */
  static boolean isReadable(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment asked = arena.allocate(8, 4);
      asked.set(JAVA_INT, 0, fd);
      asked.set(JAVA_SHORT, 4, POLLIN);
      MemorySegment noTime = arena.allocate(JAVA_LONG, 2);
      return call(PPOLL, asked.address(), 1, noTime.address(), 0, 0) != 0;
    }
  }

  static int shutdownOutput(int fd) {
    return call(SHUTDOWN, fd, SHUT_WR, 0, 0, 0);
  }

  static int close(int fd) {
    return call(CLOSE, fd, 0, 0, 0, 0);
  }

  static int duplicate(int fd) {
    return fcntl(fd, F_DUPFD_CLOEXEC, 3);
  }

  static int makeNonBlocking(int fd) {
    int flags = fcntl(fd, F_GETFL, 0);
    return flags < 0 ? flags : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
  }

  private static int fcntl(int fd, int command, int argument) {
    return call(FCNTL, fd, command, argument, 0, 0);
  }

  private static MemorySegment address(Arena arena, Path path) {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > LONGEST_PATH) {
      throw new WireException.Unreachable(
          "socket path "
              + path
              + " is "
              + name.length
              + " bytes long, Linux takes "
              + LONGEST_PATH);
    }
    MemorySegment address = arena.allocate(2 + name.length + 1L);
    address.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
    return address;
  }

  /** The text of the errnos that people meet; the number for the rest. */
  static String describe(int errno) {
    return switch (errno) {
      case 1 -> "operation not permitted";
      case 2 -> "no such file";
      case EAGAIN -> "not ready";
      case 9 -> "bad file descriptor";
      case 13 -> "permission denied";
      case 20 -> "not a directory";
      case 24 -> "too many open files";
      case EPIPE -> "broken pipe";
      case 88 -> "not a socket";
      case 98 -> "address in use";
      case ECONNRESET -> "connection reset";
      case 107 -> "not connected";
      case 111 -> "connection refused";
      default -> "errno " + errno;
    };
  }

  private static RuntimeException impossible(Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a native call threw", e);
  }
}
