package dev.barevirt.launcher.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The file system under a path.
 *
 * <p>Safe because {@code struct statfs} is 120 bytes on 64-bit architectures and gets more.
 *
 * @param available bytes that this user may still write
 * @param total its size
 * @param inMemory a tmpfs, which has no O_DIRECT and is gone after a power cut
 */
public record FileSystemSpace(long available, long total, boolean inMemory) {
  private static final long STATFS_BYTES = 256;
  private static final long TMPFS = 0x01021994;
  private static final long RAMFS = 0x858458f6L;

  /** What the kernel says of the file system that holds {@code path}. */
  public static FileSystemSpace of(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toString());
      MemorySegment facts = arena.allocate(STATFS_BYTES, 8);
      Syscall.STATFS.orThrow("look at the file system of " + path, name.address(), facts.address());
      long kind = facts.get(Libc.LONG, 0) & 0xffffffffL;
      long block = facts.get(Libc.LONG, 8);
      return new FileSystemSpace(
          facts.get(Libc.LONG, 32) * block,
          facts.get(Libc.LONG, 16) * block,
          kind == TMPFS || kind == RAMFS);
    }
  }
}
