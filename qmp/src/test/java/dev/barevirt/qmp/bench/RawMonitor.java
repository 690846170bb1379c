package dev.barevirt.qmp.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The plainest client there is: one blocking socket, one buffer, no JSON. */
final class RawMonitor implements AutoCloseable {
  private static final byte[] EVENT = "\"event\"".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024).limit(0);
  private final byte[] line = new byte[64 * 1024];
  private int length;

  RawMonitor(Path socket) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    readLine();
    call("{\"execute\":\"qmp_capabilities\",\"id\":1}\n");
  }

  /** Sends a line and reads until its reply. */
  int call(String command) throws IOException {
    channel.write(ByteBuffer.wrap(command.getBytes(StandardCharsets.US_ASCII)));
    int events = 0;
    readLine();
    while (isEvent()) {
      events++;
      readLine();
    }
    return events;
  }

  private boolean isEvent() {
    for (int at = 0; at + EVENT.length <= length; at++) {
      int same = 0;
      while (same < EVENT.length && line[at + same] == EVENT[same]) {
        same++;
      }
      if (same == EVENT.length) {
        return true;
      }
    }
    return false;
  }

  void readLine() throws IOException {
    length = 0;
    while (true) {
      while (buffer.hasRemaining()) {
        byte b = buffer.get();
        if (b == '\n') {
          return;
        }
        line[length++] = b;
      }
      if (channel.read(buffer.clear()) < 0) {
        throw new IOException("the monitor hung up");
      }
      buffer.flip();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
