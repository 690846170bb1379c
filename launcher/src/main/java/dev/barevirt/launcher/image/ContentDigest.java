package dev.barevirt.launcher.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Calculates the digest of a stream of unknown length on its way through. */
final class ContentDigest extends FilterInputStream {
  /** What may follow the end of an archive: writers pad it to whole records. */
  private static final long LONGEST_TAIL = 16L * 1024 * 1024;

  private final MessageDigest calculator = Digest.calculator();

  ContentDigest(InputStream stream) {
    super(stream);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int got = in.read(into, offset, length);
    if (got > 0) {
      calculator.update(into, offset, got);
    }
    return got;
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 8192)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Reads the rest and compares. */
  void verify(Digest expected) throws IOException {
    byte[] buffer = new byte[8192];
    long tail = 0;
    for (int got = read(buffer); got >= 0; got = read(buffer)) {
      tail += got;
      if (tail > LONGEST_TAIL) {
        throw ImageException.refused("the image has a layer that goes on after its end");
      }
    }
    if (!Digest.of(calculator).equals(expected)) {
      throw OciLayout.mismatch(expected);
    }
  }
}
