package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads and writes descriptors that have no path, such as pipes and files in memory.
 *
 * <p>Safe because the kernel is told the length of the buffer it gets, and the buffer outlives the
 * call.
 */
public final class RawBytes {
  private RawBytes() {}

  /** Writes all of it. */
  public static void write(OwnedFd fd, byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      long done = 0;
      while (done < bytes.length) {
        long wrote = Syscall.WRITE.call(fd.number(), segment.address() + done, bytes.length - done);
        if (wrote >= 0) {
          done += wrote;
        } else if (Errno.of((int) -wrote) != Errno.EINTR) {
          throw OsException.failed("write to " + fd, (int) -wrote);
        }
      }
    }
  }

  /** Up to {@code most} bytes; an empty array at the end of the file. */
  public static byte[] read(OwnedFd fd, int most) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(Math.max(1, most));
      while (true) {
        long got = Syscall.READ.call(fd.number(), segment.address(), most);
        if (got >= 0) {
          return segment.asSlice(0, got).toArray(ValueLayout.JAVA_BYTE);
        }
        if (Errno.of((int) -got) != Errno.EINTR) {
          throw OsException.failed("read from " + fd, (int) -got);
        }
      }
    }
  }
}
