package dev.barevirt.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.wire.ByteStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Somebody who looks at a guest's display over RFB, as far as a test needs it (RFC 6143). */
final class RfbViewer implements AutoCloseable {
  private static final String VERSION = "RFB 003.008\n";
  private static final byte NO_AUTHENTICATION = 1;
  private static final byte SET_PIXEL_FORMAT = 0;
  private static final byte SET_ENCODINGS = 2;
  private static final byte UPDATE_REQUEST = 3;
  private static final byte KEY_EVENT = 4;
  private static final int BYTES_PER_PIXEL = 4;

  private final ByteStream stream;
  private final int width;
  private final int height;
  private final String name;

  private RfbViewer(ByteStream stream) throws InterruptedException {
    this.stream = stream;
    assertThat(text(take(VERSION.length()))).isEqualTo(VERSION);
    send(VERSION.getBytes(StandardCharsets.US_ASCII));
    assertThat(take(take(1).get()).array()).as("security types").contains(NO_AUTHENTICATION);
    send(NO_AUTHENTICATION);
    assertThat(take(4).getInt()).as("result of authentication").isZero();
    send((byte) 1); // shared
    ByteBuffer init = take(24);
    width = init.getShort();
    height = init.getShort();
    name = text(take(init.getInt(20)));
    send(
        ByteBuffer.allocate(20)
            .put(SET_PIXEL_FORMAT)
            .put(new byte[3])
            .put(new byte[] {32, 24, 0, 1})
            .putShort((short) 255)
            .putShort((short) 255)
            .putShort((short) 255)
            .put(new byte[] {16, 8, 0})
            .array());
    send(SET_ENCODINGS, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
  }

  /** Shakes hands and asks for raw pixels of 32 bits. */
  static RfbViewer over(ByteStream stream) throws InterruptedException {
    return new RfbViewer(stream);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  String name() {
    return name;
  }

  /** Asks for the whole picture and gives the colours in it. */
  Set<Integer> colours() throws InterruptedException {
    send(
        ByteBuffer.allocate(10)
            .put(UPDATE_REQUEST)
            .put((byte) 0)
            .putInt(0)
            .putShort((short) width)
            .putShort((short) height)
            .array());
    ByteBuffer header = take(4);
    assertThat(header.get()).as("a framebuffer update").isZero();
    Set<Integer> colours = new HashSet<>();
    for (int i = header.getShort(2); i > 0; i--) {
      ByteBuffer rectangle = take(12);
      assertThat(rectangle.getInt(8)).as("raw encoding").isZero();
      ByteBuffer pixels = take(rectangle.getShort(4) * rectangle.getShort(6) * BYTES_PER_PIXEL);
      while (pixels.hasRemaining()) {
        colours.add(pixels.getInt() & 0xffffff);
      }
    }
    return colours;
  }

  /** Presses a key and lets it go. */
  void press(int keysym) throws InterruptedException {
    for (byte down : new byte[] {1, 0}) {
      send(
          ByteBuffer.allocate(8)
              .put(KEY_EVENT)
              .put(down)
              .putShort((short) 0)
              .putInt(keysym)
              .array());
    }
  }

  private ByteBuffer take(int count) throws InterruptedException {
    ByteBuffer taken = ByteBuffer.allocate(count);
    while (taken.hasRemaining()) {
      byte[] piece = new byte[taken.remaining()];
      int length = stream.read(piece);
      assertThat(length).as("the display's stream goes on").isPositive();
      taken.put(piece, 0, length);
    }
    return taken.flip();
  }

  private void send(byte... bytes) throws InterruptedException {
    stream.write(bytes, 0, bytes.length);
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.US_ASCII.decode(bytes).toString();
  }

  @Override
  public void close() {
    stream.close();
  }
}
