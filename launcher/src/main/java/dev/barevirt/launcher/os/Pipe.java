package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Both ends of a pipe.
 *
 * <p>Safe because the kernel writes two numbers into eight bytes made for them.
 */
public record Pipe(OwnedFd reader, OwnedFd writer) implements AutoCloseable {
  private static final int O_CLOEXEC = 02000000;

  /** A new pipe. */
  public static Pipe open() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(Libc.INT, 2);
      Syscall.PIPE2.orThrow("make a pipe", ends.address(), O_CLOEXEC);
      return new Pipe(
          OwnedFd.of(ends.getAtIndex(Libc.INT, 0)), OwnedFd.of(ends.getAtIndex(Libc.INT, 1)));
    }
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
