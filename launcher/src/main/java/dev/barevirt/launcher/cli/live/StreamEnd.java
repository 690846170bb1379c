package dev.barevirt.launcher.cli.live;

import dev.barevirt.qmp.wire.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A stream of a launcher as one end of a relay. */
public record StreamEnd(ByteStream stream) implements TcpRelay.End {
  private static final int PIECE = 16 << 10;

  @Override
  public void copyTo(OutputStream out) throws IOException, InterruptedException {
    byte[] piece = new byte[PIECE];
    for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
      out.write(piece, 0, length);
      out.flush();
    }
  }

  @Override
  public void copyFrom(InputStream in) throws IOException, InterruptedException {
    byte[] piece = new byte[PIECE];
    for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
      stream.write(piece, 0, length);
    }
    stream.finish();
  }

  @Override
  public void close() {
    stream.close();
  }
}
