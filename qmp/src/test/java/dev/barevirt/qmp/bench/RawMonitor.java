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
  void call(String command) throws IOException {
    channel.write(ByteBuffer.wrap(command.getBytes(StandardCharsets.US_ASCII)));
    readLine();
    while (isEvent()) {
      readLine();
    }
  }

  /** Sends some commands again and again without waiting, then reads all their replies. */
  void pipeline(String commands, int times, int each) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(commands.repeat(times).getBytes(StandardCharsets.US_ASCII));
    while (all.hasRemaining()) {
      channel.write(all);
    }
    int replies = 0;
    while (replies < times * each) {
      readLine();
      replies += isEvent() ? 0 : 1;
    }
  }

  /** Reads until so many events have come. */
  int awaitEvents(int wanted) throws IOException {
    int heard = 0;
    while (heard < wanted) {
      readLine();
      heard += isEvent() ? 1 : 0;
    }
    return heard;
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
