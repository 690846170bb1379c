package dev.barevirt.launcher.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A raw disk that holds the newest document behind a header in network byte order: a signature,
 * whether it is being written, the sum of the document's bytes, its length. A guest that reads
 * while it is written sees so in the header, before or after.
 *
 * @param file the disk
 */
record MetricsDisk(Path file) {
  private static final int SIGNATURE = 0x6d766264; // mvbd
  private static final int HEADER_BYTES = 16;
  private static final int WRITING = 1;
  private static final int WHOLE = 0;

  /** Replaces the document. */
  void write(String document) throws IOException {
    byte[] body = document.getBytes(StandardCharsets.UTF_8);
    try (FileChannel disk = FileChannel.open(file, StandardOpenOption.WRITE)) {
      write(disk, header(WRITING, body), 0);
      write(disk, ByteBuffer.wrap(body), HEADER_BYTES);
      write(disk, header(WHOLE, body), 0);
    }
  }

  private static ByteBuffer header(int state, byte[] body) {
    int sum = 0;
    for (byte one : body) {
      sum += one & 0xff;
    }
    return ByteBuffer.allocate(HEADER_BYTES)
        .putInt(SIGNATURE)
        .putInt(state)
        .putInt(sum)
        .putInt(body.length)
        .flip();
  }

  private static void write(FileChannel disk, ByteBuffer bytes, long at) throws IOException {
    long from = at;
    while (bytes.hasRemaining()) {
      from += disk.write(bytes, from);
    }
  }
}
