package dev.barevirt.launcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireLoop;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class MetricsChannelTest {
  private static final String REQUEST = "GET /metrics/XML\n\n";

  private final WireLoop loop = WireLoop.start("test");
  private final UnixSockets.Pair pair = UnixSockets.pair();
  private final ByteStream guest = ByteStream.over(loop, pair.there());
  private final AtomicInteger asked = new AtomicInteger();
  private final MetricsChannel channel =
      MetricsChannel.serve(
          ByteStream.over(loop, pair.here()), () -> "<metrics/>" + asked.incrementAndGet());

  @AfterEach
  void close() {
    channel.close();
    guest.close();
    loop.close();
  }

  @Test
  void answersEachRequestWithANewDocument() throws Exception {
    say(REQUEST);
    assertThat(hear("\n\n")).isEqualTo("<metrics/>1\n\n");
    say(REQUEST + REQUEST);
    assertThat(hear("3\n\n")).isEqualTo("<metrics/>2\n\n<metrics/>3\n\n");
  }

  @Test
  void aRequestMayComeInPiecesAndWithCarriageReturns() throws Exception {
    for (char one : "GET /metrics/XML\r\n\r\n".toCharArray()) {
      say(String.valueOf(one));
    }
    assertThat(hear("\n\n")).isEqualTo("<metrics/>1\n\n");
  }

  @Test
  void whatIsNoRequestIsRefusedAndTheNextOneAnswered() throws Exception {
    say("PUT /metrics/XML\n\n");
    assertThat(hear("\n\n")).isEqualTo("INVALID REQUEST\n\n");
    say("x".repeat(600));
    assertThat(hear("\n\n")).isEqualTo("INVALID REQUEST\n\n");
    say(REQUEST);
    assertThat(hear("\n\n")).isEqualTo("<metrics/>1\n\n");
  }

  @Test
  void aGuestThatAsksWithoutReadingIsHeldUp() throws Exception {
    Thread flood =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 200_000; i++) {
                      say(REQUEST);
                    }
                  } catch (InterruptedException enough) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(flood.join(java.time.Duration.ofSeconds(2))).as("the flood has an end").isFalse();
    flood.interrupt();
    assertThat(asked.get()).isLessThan(100_000);
  }

  private void say(String text) throws InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    guest.write(bytes, 0, bytes.length);
  }

  private String hear(String end) throws InterruptedException {
    StringBuilder heard = new StringBuilder();
    byte[] piece = new byte[100];
    while (heard.indexOf(end) < 0) {
      heard.append(new String(piece, 0, guest.read(piece), StandardCharsets.US_ASCII));
    }
    return heard.toString();
  }
}
