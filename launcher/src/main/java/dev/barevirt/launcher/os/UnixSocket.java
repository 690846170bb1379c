package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Unix sockets as descriptors that a child can inherit.
 *
 * <p>Safe because the address structure is sized for the longest path, the path is measured before
 * it is copied, and the kernel copies it out before the call returns.
 */
public final class UnixSocket {
  /** The longest path the kernel takes, one byte less than the structure for its final NUL. */
  public static final int LONGEST_PATH = 107;

  private static final short AF_UNIX = 1;
  private static final int STREAM_CLOEXEC = 1 | 02000000;
  private static final int BACKLOG = 64;
  private static final int ADDRESS_BYTES = 110;

  private UnixSocket() {}

  /** Two connected ends. */
  public record Pair(OwnedFd left, OwnedFd right) implements AutoCloseable {
    @Override
    public void close() {
      left.close();
      right.close();
    }
  }

  /** Both ends of a new connection that has no path. */
  public static Pair pair() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(Libc.INT, 2);
      Syscall.SOCKETPAIR.orThrow(
          "make a pair of sockets", AF_UNIX, STREAM_CLOEXEC, 0, ends.address());
      return new Pair(
          OwnedFd.of(ends.getAtIndex(Libc.INT, 0)), OwnedFd.of(ends.getAtIndex(Libc.INT, 1)));
    }
  }

  /**
   * A listening socket at a path that only its owner may connect to. Nobody can connect before the
   * mode is set, because the socket listens only afterwards. The path must not exist.
   */
  public static OwnedFd listen(Path path) {
    byte[] name = checkedPath(path);
    OwnedFd socket =
        OwnedFd.of(
            (int) Syscall.SOCKET.orThrow("make a socket for " + path, AF_UNIX, STREAM_CLOEXEC, 0));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ADDRESS_BYTES, 2);
      address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
      Syscall.BIND.orThrow(
          "bind a socket to " + path, socket.number(), address.address(), ADDRESS_BYTES);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      Syscall.LISTEN.orThrow("listen on " + path, socket.number(), BACKLOG);
      return socket;
    } catch (IOException refused) {
      socket.close();
      throw new UncheckedIOException("cannot make " + path + " private", refused);
    } catch (OsException refused) {
      socket.close();
      throw refused;
    }
  }

  /** Refuses, in words, a path that no socket can have. */
  public static void requireShort(Path path) {
    checkedPath(path);
  }

  private static byte[] checkedPath(Path path) {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > LONGEST_PATH) {
      throw OsException.refused(
          "the socket path %s is %d bytes long, and Linux allows %d: choose a shorter directory"
              .formatted(path, name.length, LONGEST_PATH),
          Errno.ENAMETOOLONG);
    }
    return name;
  }
}
