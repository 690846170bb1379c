package dev.barevirt.agent.stream;

import dev.barevirt.agent.vmi.GuestCallException;
import dev.barevirt.agent.vmi.GuestLink;
import dev.barevirt.api.launcher.LauncherCommand.MoveCursor;
import dev.barevirt.api.launcher.LauncherCommand.OpenStream.Stream;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.qmp.wire.ByteStream;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Fetches what a guest's display shows, as the bytes of a stream: no path of a pod is ever opened
 * here. Nothing is known of the picture but how a PNG ends, which tells a whole one from a part.
 */
final class Screenshot {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration WHOLE = Duration.ofSeconds(20);
  private static final int LARGEST = 16 << 20;
  private static final int PIECE = 64 << 10;

  /** The last chunk of every PNG: no data, its name, its checksum. */
  private static final byte[] END = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82
  };

  private Screenshot() {}

  /**
   * The picture.
   *
   * @param moveCursor whether the guest's pointer is moved before, so that its screen is lit
   * @param alarms ends the wait for a launcher that sends nothing
   * @throws GuestCallException when there is none
   */
  static Buffer take(GuestLink link, boolean moveCursor, ScheduledExecutorService alarms)
      throws InterruptedException {
    if (moveCursor) {
      var _ = link.call(new MoveCursor(), ANSWER);
    }
    try (ByteStream stream = opened(link)) {
      Future<?> late = alarms.schedule(stream::close, WHOLE.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return whole(stream);
      } finally {
        late.cancel(false);
      }
    }
  }

  private static ByteStream opened(GuestLink link) throws InterruptedException {
    try {
      return link.openStream(Stream.SCREENSHOT, ANSWER);
    } catch (GuestCallException refused) {
      if (refused.fault() == LauncherFault.BAD_REQUEST) {
        throw new GuestCallException(
            LauncherFault.UNSUPPORTED,
            "the launcher of this instance is older than screenshots: restart the instance",
            refused);
      }
      throw refused;
    }
  }

  private static Buffer whole(ByteStream stream) throws InterruptedException {
    Buffer picture = Buffer.buffer();
    byte[] piece = new byte[PIECE];
    for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
      picture.appendBytes(piece, 0, length);
      if (picture.length() > LARGEST) {
        throw new GuestCallException(
            LauncherFault.FAILED, "the screenshot is larger than " + LARGEST + " bytes");
      }
    }
    int end = picture.length();
    if (end < END.length || !Arrays.equals(picture.getBytes(end - END.length, end), END)) {
      throw new GuestCallException(LauncherFault.FAILED, "the screenshot did not arrive whole");
    }
    return picture;
  }
}
