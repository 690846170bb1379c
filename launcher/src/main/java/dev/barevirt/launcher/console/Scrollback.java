package dev.barevirt.launcher.console;

import java.util.Arrays;

/** The last bytes that were written, up to a limit. Not safe for several threads. */
final class Scrollback {
  private final byte[] ring;
  private int next;
  private boolean wrapped;

  Scrollback(int limit) {
    ring = new byte[limit];
  }

  void add(byte[] bytes, int length) {
    int from = Math.max(0, length - ring.length);
    for (int done = from; done < length; ) {
      int count = Math.min(length - done, ring.length - next);
      System.arraycopy(bytes, done, ring, next, count);
      done += count;
      next += count;
      if (next == ring.length) {
        next = 0;
        wrapped = true;
      }
    }
  }

  /** What is remembered, the oldest first. */
  byte[] content() {
    if (!wrapped) {
      return Arrays.copyOf(ring, next);
    }
    byte[] all = new byte[ring.length];
    System.arraycopy(ring, next, all, 0, ring.length - next);
    System.arraycopy(ring, 0, all, ring.length - next, next);
    return all;
  }
}
