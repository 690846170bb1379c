package dev.barevirt.launcher.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A limit of a running process, set from outside: {@code posix_spawn} cannot set one.
 *
 * <p>Safe because both structures are two longs; the child is still paused when we set them.
 */
public enum ResourceLimit {
  FILE_SIZE(1),
  CORE_SIZE(4),
  OPEN_FILES(7),
  LOCKED_MEMORY(8);

  /** No limit. */
  public static final long UNLIMITED = -1;

  private final int number;

  ResourceLimit(int number) {
    this.number = number;
  }

  /** Sets both the soft and the hard limit. */
  public void set(long pid, long value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = arena.allocate(Libc.LONG, 2);
      limits.setAtIndex(Libc.LONG, 0, value);
      limits.setAtIndex(Libc.LONG, 1, value);
      Syscall.PRLIMIT.orThrow(
          "set limit " + name() + " of process " + pid, pid, number, limits.address(), 0);
    }
  }

  /** The soft limit in force. */
  public long get(long pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = arena.allocate(Libc.LONG, 2);
      Syscall.PRLIMIT.orThrow(
          "read limit " + name() + " of process " + pid, pid, number, 0, limits.address());
      return limits.getAtIndex(Libc.LONG, 0);
    }
  }
}
