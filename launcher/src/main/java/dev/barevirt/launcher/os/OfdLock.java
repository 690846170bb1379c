package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Asks whether somebody holds a byte-range lock on a file, as QEMU does on every image it has open.
 *
 * <p>Safe because it only asks ({@code F_OFD_GETLK}) and reads inside the structure it passed.
 */
public final class OfdLock {
  private static final int F_OFD_GETLK = 36;
  private static final short F_WRLCK = 1;
  private static final short F_UNLCK = 2;
  private static final int FLOCK_BYTES = 32;

  /** QEMU keeps its permission locks in bytes 100 to 299 of an image. */
  private static final int QEMU_FIRST = 100;

  private static final int QEMU_COUNT = 200;

  private OfdLock() {}

  /** Whether a QEMU (or a tool of its family) has the image open, for reading or for writing. */
  public static boolean heldByQemu(OwnedFd image) {
    return held(image, QEMU_FIRST, QEMU_COUNT);
  }

  static boolean held(OwnedFd file, long from, long count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lock = arena.allocate(FLOCK_BYTES, 8);
      lock.set(ValueLayout.JAVA_SHORT, 0, F_WRLCK);
      lock.set(Libc.LONG, 8, from);
      lock.set(Libc.LONG, 16, count);
      Syscall.FCNTL.orThrow("ask for locks", file.number(), F_OFD_GETLK, lock.address());
      return lock.get(ValueLayout.JAVA_SHORT, 0) != F_UNLCK;
    }
  }
}
