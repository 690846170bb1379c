package dev.barevirt.launcher.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor that somebody owns. It is closed on exec; a child gets it by naming it in
 * its {@link SpawnRequest}.
 *
 * <p>Safe because the number is given up once: whoever closes or releases first wins, and every
 * later use fails here instead of hitting a number that already belongs to another file.
 */
public final class Fd implements AutoCloseable {
  private static final int CLOSED = -1;
  private static final int F_DUPFD_CLOEXEC = 1030;

  private final AtomicInteger number;

  private Fd(int number) {
    this.number = new AtomicInteger(number);
  }

  /** Takes over an open descriptor, for example one that this process inherited. */
  public static Fd owning(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a file descriptor is never negative: " + number);
    }
    return new Fd(number);
  }

  /** The number, for as long as this object is kept open. */
  public int number() {
    int current = number.get();
    if (current == CLOSED) {
      throw new IllegalStateException("the file descriptor is closed");
    }
    return current;
  }

  /** A second descriptor of the same open file, with a number of at least {@code lowest}. */
  public Fd duplicate(int lowest) {
    return new Fd(
        (int)
            Syscall.FCNTL.orThrow(
                "duplicate a file descriptor", number(), F_DUPFD_CLOEXEC, lowest));
  }

  /** Hands the number to somebody else, who closes it. */
  public int release() {
    int current = number();
    number.set(CLOSED);
    return current;
  }

  /** What kind of file this is, and how big. */
  public FileStatus status() {
    return FileStatus.of(this);
  }

  /** Writes all of it. */
  public void write(byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      long done = 0;
      while (done < bytes.length) {
        long wrote = Syscall.WRITE.call(number(), segment.address() + done, bytes.length - done);
        if (wrote == -4) { // EINTR
          continue;
        }
        if (wrote < 0) {
          throw OsException.failed("write to a file descriptor", (int) -wrote);
        }
        done += wrote;
      }
    }
  }

  /** Up to {@code most} bytes; an empty array at the end of the file. */
  public byte[] read(int most) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(Math.max(1, most));
      while (true) {
        long got = Syscall.READ.call(number(), segment.address(), most);
        if (got == -4) { // EINTR
          continue;
        }
        if (got < 0) {
          throw OsException.failed("read from a file descriptor", (int) -got);
        }
        return segment.asSlice(0, got).toArray(ValueLayout.JAVA_BYTE);
      }
    }
  }

  /** Closes it; a second time does nothing. */
  @Override
  public void close() {
    int current = number.getAndSet(CLOSED);
    if (current != CLOSED) {
      Syscall.CLOSE.call(current); // Linux has given the number up even when it reports an error
    }
  }

  @Override
  public String toString() {
    return "fd " + number.get();
  }
}
