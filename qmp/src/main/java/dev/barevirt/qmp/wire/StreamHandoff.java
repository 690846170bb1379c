package dev.barevirt.qmp.wire;

/** A connection on its way from lines to plain bytes. */
final class StreamHandoff {
  private final ByteStream stream;

  StreamHandoff(WireLoop loop, StreamSocket socket) {
    this.stream = ByteStream.taking(loop, socket);
  }

  ByteStream stream() {
    return stream;
  }

  /** What arrived behind the last line is the stream's first bytes. */
  void begin(byte[] bytes, int from, int to) {
    stream.first(bytes, from, to);
  }
}
