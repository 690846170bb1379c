package dev.barevirt.qmp.wire;

import static java.lang.foreign.ValueLayout.ADDRESS;
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

  private static final MethodHandle SOCKET = find("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SOCKETPAIR =
      find("socketpair", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle CONNECT =
      find("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle BIND = find("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle LISTEN = find("listen", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle ACCEPT4 =
      find("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle SENDMSG =
      find("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RECVMSG =
      find("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      find("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle POLL = find("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle SYSCALL =
      find("syscall", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SHUTDOWN = find("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = find("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle FCNTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("fcntl"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.captureCallState("errno"),
          Linker.Option.firstVariadicArg(2));

  private Posix() {}

  private static MethodHandle find(String name, ValueLayout result, ValueLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  /** Memory for errno: one per thread or per call. */
  static MemorySegment errnoMemory(Arena arena) {
    return arena.allocate(ERRNO_LAYOUT);
  }

  private static int result(MemorySegment errno, long returned) {
    return returned < 0 ? -(int) ERRNO.get(errno, 0L) : (int) returned;
  }

  /** A new non-blocking stream socket. */
  static int socket() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      return result(errno, (int) SOCKET.invokeExact(errno, AF_UNIX, STREAM_NONBLOCK_CLOEXEC, 0));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Two connected sockets, blocking; their numbers go into {@code pair}. */
  static int socketPair(int[] pair) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      MemorySegment numbers = arena.allocate(JAVA_INT, 2);
      int r =
          result(errno, (int) SOCKETPAIR.invokeExact(errno, AF_UNIX, STREAM_CLOEXEC, 0, numbers));
      pair[0] = numbers.getAtIndex(JAVA_INT, 0);
      pair[1] = numbers.getAtIndex(JAVA_INT, 1);
      return r;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int connect(int fd, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      MemorySegment address = address(arena, path);
      return result(errno, (int) CONNECT.invokeExact(errno, fd, address, (int) address.byteSize()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int bind(int fd, Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      MemorySegment address = address(arena, path);
      return result(errno, (int) BIND.invokeExact(errno, fd, address, (int) address.byteSize()));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int listen(int fd, int backlog) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      return result(errno, (int) LISTEN.invokeExact(errno, fd, backlog));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Takes a waiting connection, non-blocking. */
  static int accept(MemorySegment errno, int fd) {
    try {
      return result(
          errno,
          (int)
              ACCEPT4.invokeExact(
                  errno, fd, MemorySegment.NULL, MemorySegment.NULL, 0x800 | 0x8_0000));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int sendmsg(MemorySegment errno, int fd, MemorySegment header) {
    try {
      return result(
          errno, (long) SENDMSG.invokeExact(errno, fd, header, MSG_DONTWAIT | MSG_NOSIGNAL));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int recvmsg(MemorySegment errno, int fd, MemorySegment header) {
    try {
      return result(
          errno, (long) RECVMSG.invokeExact(errno, fd, header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Who was at the other end when the connection was made: pid, uid, gid go into {@code ids}. */
  static int peerCredentials(int fd, int[] ids) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      MemorySegment value = arena.allocate(JAVA_INT, 3);
      MemorySegment length = arena.allocateFrom(JAVA_INT, 12);
      int r =
          result(
              errno,
              (int) GETSOCKOPT.invokeExact(errno, fd, SOL_SOCKET, SO_PEERCRED, value, length));
      for (int i = 0; i < 3; i++) {
        ids[i] = value.getAtIndex(JAVA_INT, i);
      }
      return r;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /**
   * A descriptor of the process that was at the other end when the connection was made; fails when
   * that process is gone, or on a kernel before 6.5.
   */
  static int peerProcess(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      MemorySegment value = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocateFrom(JAVA_INT, 4);
      int r =
          result(
              errno,
              (int) GETSOCKOPT.invokeExact(errno, fd, SOL_SOCKET, SO_PEERPIDFD, value, length));
      return r < 0 ? r : value.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** A descriptor of the process that has this id now; close-on-exec. */
  static int openProcess(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      return result(errno, (long) SYSCALL.invokeExact(errno, PIDFD_OPEN, (long) pid, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Whether a descriptor can be read now; a process's can once it has ended. */
  static boolean isReadable(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      MemorySegment asked = arena.allocate(8, 4);
      asked.set(JAVA_INT, 0, fd);
      asked.set(JAVA_SHORT, 4, POLLIN);
      return result(errno, (int) POLL.invokeExact(errno, asked, 1L, 0)) != 0;
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int shutdownOutput(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      return result(errno, (int) SHUTDOWN.invokeExact(errno, fd, SHUT_WR));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      return result(errno, (int) CLOSE.invokeExact(errno, fd));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  static int duplicate(int fd) {
    return fcntl(fd, F_DUPFD_CLOEXEC, 3);
  }

  static int makeNonBlocking(int fd) {
    int flags = fcntl(fd, F_GETFL, 0);
    return flags < 0 ? flags : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
  }

  private static int fcntl(int fd, int command, int argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = errnoMemory(arena);
      return result(errno, (int) FCNTL.invokeExact(errno, fd, command, argument));
    } catch (Throwable e) {
      throw impossible(e);
    }
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
