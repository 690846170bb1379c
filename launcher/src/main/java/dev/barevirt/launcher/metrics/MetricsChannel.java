package dev.barevirt.launcher.metrics;

import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a guest that asks for figures on its channel: a request line, an empty line, and then the
 * document and an empty line come back. What the guest writes is never kept beyond the length of a
 * request, and the next request is read once the guest has taken the answer to the last.
 */
final class MetricsChannel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsChannel.class);
  private static final int LONGEST_REQUEST = 512;
  private static final String REQUEST = "GET /metrics/XML";
  private static final String END = "\n\n";
  private static final String REFUSAL = "INVALID REQUEST" + END;

  private final ByteStream guest;
  private final Supplier<String> document;
  private final StringBuilder asked = new StringBuilder(); // of the listening thread

  private MetricsChannel(ByteStream guest, Supplier<String> document) {
    this.guest = guest;
    this.document = document;
  }

  /** Answers until the guest's QEMU ends, or the channel is closed. */
  static MetricsChannel serve(ByteStream guest, Supplier<String> document) {
    MetricsChannel channel = new MetricsChannel(guest, document);
    Thread.ofVirtual().name("metrics").start(channel::listen);
    return channel;
  }

  @Override
  public void close() {
    guest.close();
  }

  private void listen() {
    byte[] piece = new byte[LONGEST_REQUEST];
    try {
      for (int length = guest.read(piece); length >= 0; length = guest.read(piece)) {
        hear(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
      }
    } catch (WireException.Disconnected gone) {
      LOG.debug("QEMU ended before the guest had its figures: {}", gone.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(String text) throws InterruptedException {
    asked.append(text.replace("\r", ""));
    for (int end = asked.indexOf(END); end >= 0; end = asked.indexOf(END)) {
      say(asked.substring(0, end).equals(REQUEST) ? document.get() + END : REFUSAL);
      asked.delete(0, end + END.length());
    }
    if (asked.length() > LONGEST_REQUEST) {
      asked.setLength(0);
      say(REFUSAL);
    }
  }

  private void say(String text) throws InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    guest.write(bytes, 0, bytes.length);
  }
}
