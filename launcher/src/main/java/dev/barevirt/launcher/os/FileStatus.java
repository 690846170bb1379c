package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What {@code statx} says of an open file.
 *
 * <p>Safe because it asks the descriptor, never a path, and reads only inside the 256 bytes it gave
 * the kernel.
 */
public record FileStatus(
    Type type,
    int permissions,
    int uid,
    int gid,
    long size,
    long allocated,
    long inode,
    long links) {
  /** The kind of a file. */
  public enum Type {
    FILE,
    DIRECTORY,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    SYMBOLIC_LINK,
    SOCKET,
    FIFO,
    OTHER
  }

  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int STATX_BYTES = 256;

  /** What the descriptor refers to. */
  public static FileStatus of(OwnedFd fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(STATX_BYTES, 8);
      MemorySegment empty = arena.allocateFrom("");
      Syscall.STATX.orThrow(
          "ask what a file descriptor is",
          fd.number(),
          empty.address(),
          AT_EMPTY_PATH,
          STATX_BASIC_STATS,
          buffer.address());
      int mode = Short.toUnsignedInt(buffer.get(ValueLayout.JAVA_SHORT, 28));
      return new FileStatus(
          type(mode),
          mode & 07777,
          buffer.get(Libc.INT, 20),
          buffer.get(Libc.INT, 24),
          buffer.get(Libc.LONG, 40),
          buffer.get(Libc.LONG, 48) * 512,
          buffer.get(Libc.LONG, 32),
          Integer.toUnsignedLong(buffer.get(Libc.INT, 16)));
    }
  }

  private static Type type(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> Type.FILE;
      case 0040000 -> Type.DIRECTORY;
      case 0060000 -> Type.BLOCK_DEVICE;
      case 0020000 -> Type.CHARACTER_DEVICE;
      case 0120000 -> Type.SYMBOLIC_LINK;
      case 0140000 -> Type.SOCKET;
      case 0010000 -> Type.FIFO;
      default -> Type.OTHER;
    };
  }
}
