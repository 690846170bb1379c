package dev.barevirt.qmp.wire;

import java.util.Arrays;

/**
 * Cuts a byte stream into lines. An 0xFF byte, which no UTF-8 text holds, makes it forget the line
 * read so far: the guest agent puts one in front of a delimited answer.
 */
final class LineDecoder {
  /** Takes the lines in order. */
  interface Lines {
    /** One line without its end, which belongs to the callee; false stops the cutting. */
    boolean line(byte[] line);

    /** A line grew beyond the limit; what follows up to its end is dropped. */
    void tooLong();
  }

  private static final int KEEP = 8 * 1024;
  private static final byte[] NONE = new byte[0];

  private final int limit;
  private byte[] pending = NONE;
  private int pendingLength;
  private boolean dropping;

  LineDecoder(int limit) {
    this.limit = limit;
  }

  /**
   * Reads the bytes between {@code from} and {@code to}.
   *
   * @return how far it read; less than {@code to} when {@code lines} stopped it
   */
  int decode(byte[] bytes, int from, int to, Lines lines) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        byte[] line = take(bytes, start, i, lines);
        start = i + 1;
        if (line.length > 0 && !lines.line(line)) {
          return start;
        }
      } else if (bytes[i] == (byte) 0xFF) {
        pendingLength = 0;
        dropping = false;
        start = i + 1;
      }
    }
    keep(bytes, start, to, lines);
    return to;
  }

  /** What was read of a line that has not ended. */
  byte[] remainder() {
    return Arrays.copyOf(pending, pendingLength);
  }

  private byte[] take(byte[] bytes, int start, int end, Lines lines) {
    if (dropping) {
      dropping = false;
      return NONE;
    }
    byte[] line;
    if (pendingLength == 0) {
      line = Arrays.copyOfRange(bytes, start, end);
    } else {
      keep(bytes, start, end, lines);
      if (dropping) {
        dropping = false;
        return NONE;
      }
      line = Arrays.copyOf(pending, pendingLength);
      pendingLength = 0;
      if (pending.length > KEEP) {
        pending = NONE;
      }
    }
    int length = line.length;
    while (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return length == line.length ? line : Arrays.copyOf(line, length);
  }

  private void keep(byte[] bytes, int start, int end, Lines lines) {
    int more = end - start;
    if (dropping || more == 0) {
      return;
    }
    if (pendingLength + more > limit) {
      pending = NONE;
      pendingLength = 0;
      dropping = true;
      lines.tooLong();
      return;
    }
    if (pendingLength + more > pending.length) {
      int doubled = Math.max(512, pending.length * 2);
      pending = Arrays.copyOf(pending, Math.min(limit, Math.max(doubled, pendingLength + more)));
    }
    System.arraycopy(bytes, start, pending, pendingLength, more);
    pendingLength += more;
  }
}
