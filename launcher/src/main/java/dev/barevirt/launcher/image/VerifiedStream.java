package dev.barevirt.launcher.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** A stream that knows which content it must have, and says at its end whether it had. */
final class VerifiedStream extends FilterInputStream {
  private final OciLayout.Descriptor expected;
  private final MessageDigest calculator = Digest.calculator();
  private long size;

  VerifiedStream(InputStream stream, OciLayout.Descriptor expected) {
    super(stream);
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    // One byte more than it may have is enough to know that it has too much.
    int got = in.read(into, offset, (int) Math.min(length, expected.size() - size + 1));
    if (got > 0) {
      calculator.update(into, offset, got);
      size += got;
      if (size > expected.size()) {
        throw OciLayout.mismatch(expected.digest());
      }
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

  /** Reads what is left and compares. */
  void verify() throws IOException {
    transferTo(OutputStream.nullOutputStream());
    if (size != expected.size() || !Digest.of(calculator).equals(expected.digest())) {
      throw OciLayout.mismatch(expected.digest());
    }
  }
}
