package dev.barevirt.qmp.wire;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file descriptor with one owner, who closes it. Giving one to a method that says it takes
 * it moves the ownership; {@link #duplicate()} first to keep one.
 */
public final class OwnedFd implements AutoCloseable {
  private static final int GONE = -1;
  private final AtomicInteger number;

  private OwnedFd(int number) {
    this.number = new AtomicInteger(number);
  }

  /** Takes ownership of an open descriptor. */
  public static OwnedFd of(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("no descriptor: " + number);
    }
    return new OwnedFd(number);
  }

  /** The descriptor's number, valid until it is closed or released. */
  public int number() {
    int n = number.get();
    if (n == GONE) {
      throw new IllegalStateException("descriptor was closed or given away");
    }
    return n;
  }

  /** A second descriptor for the same open file, close-on-exec. */
  public OwnedFd duplicate() {
    int copy = Posix.duplicate(number());
    if (copy < 0) {
      throw new WireException.Unreachable(
          "duplicate descriptor " + number() + ": " + Posix.describe(-copy));
    }
    return new OwnedFd(copy);
  }

  /** Gives up ownership without closing. */
  public int release() {
    int n = number.getAndSet(GONE);
    if (n == GONE) {
      throw new IllegalStateException("descriptor was closed or given away");
    }
    return n;
  }

  /** Closes the descriptor; a second time does nothing. */
  @Override
  public void close() {
    int n = number.getAndSet(GONE);
    if (n != GONE) {
      Posix.close(n);
    }
  }

  @Override
  public String toString() {
    int n = number.get();
    return n == GONE ? "fd(gone)" : "fd(" + n + ")";
  }
}
