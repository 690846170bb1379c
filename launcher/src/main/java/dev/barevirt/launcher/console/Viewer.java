package dev.barevirt.launcher.console;

import dev.barevirt.qmp.wire.ByteStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody who looks at the console. One who does not keep up loses bytes and is told so; neither
 * the guest nor the others wait.
 */
final class Viewer {
  private final ByteStream stream;
  private final AtomicBoolean lagging = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();

  Viewer(ByteStream stream) {
    this.stream = stream;
    stream.whenDrained(() -> lagging.set(false));
  }

  ByteStream stream() {
    return stream;
  }

  void show(byte[] bytes) {
    if (lagging.get()) {
      lost.addAndGet(bytes.length);
      return;
    }
    long missing = lost.getAndSet(0);
    if (missing > 0) {
      String note = "\r\n[" + missing + " bytes of the console were left out]\r\n";
      stream.offer(note.getBytes(StandardCharsets.US_ASCII));
    }
    lagging.set(true); // before the offer, so that being drained at once is not forgotten
    if (stream.offer(bytes)) {
      lagging.set(false);
    }
  }
}
