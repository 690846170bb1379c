package dev.barevirt.virtctl.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is typed up to the escape key, Ctrl and ], which ends it. */
public final class Escape extends FilterInputStream {
  private static final int KEY = 0x1d;
  private boolean ended;

  /** Over what is typed. */
  public Escape(InputStream typed) {
    super(typed);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int read = super.read(into, offset, length);
    for (int i = 0; i < read; i++) {
      if (into[offset + i] == KEY) {
        ended = true;
        return i == 0 ? -1 : i;
      }
    }
    return read;
  }
}
