package dev.barevirt.qmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plain bytes arrive whole, in order, and no faster than they are taken. */
final class ByteStreamTest {
  private static final int MANY = 4 << 20;

  private final WireLoop loop = WireLoop.start("test");

  @AfterEach
  void close() {
    loop.close();
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private static byte[] readAll(ByteStream from, int length) throws InterruptedException {
    byte[] all = new byte[length];
    byte[] piece = new byte[10_000];
    int at = 0;
    while (at < length) {
      int read = from.read(piece);
      assertThat(read).isPositive();
      System.arraycopy(piece, 0, all, at, read);
      at += read;
    }
    return all;
  }

  private FutureTask<byte[]> reading(ByteStream from, int length) {
    FutureTask<byte[]> task = new FutureTask<>(() -> readAll(from, length));
    Thread.ofVirtual().start(task);
    return task;
  }

  @Test
  void megabytesArriveInOrder() throws Exception {
    UnixSockets.Pair pair = UnixSockets.pair();
    try (ByteStream a = ByteStream.over(loop, pair.here());
        ByteStream b = ByteStream.over(loop, pair.there())) {
      byte[] sent = noise(MANY);
      FutureTask<byte[]> read = reading(b, MANY);

      a.write(sent, 0, sent.length);

      assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(sent);
    }
  }

  @Test
  void megabytesPassARelayBothWays() throws Exception {
    UnixSockets.Pair left = UnixSockets.pair();
    UnixSockets.Pair right = UnixSockets.pair();
    try (ByteStream a = ByteStream.over(loop, left.here());
        ByteStream b = ByteStream.over(loop, right.here())) {
      ByteStream inner = ByteStream.over(loop, left.there());
      var done = inner.relay(ByteStream.over(loop, right.there()));
      byte[] sent = noise(MANY);
      FutureTask<byte[]> forth = reading(b, MANY);
      FutureTask<byte[]> back = reading(a, MANY);

      for (int at = 0; at < MANY; at += 1 << 16) {
        a.write(sent, at, 1 << 16);
        b.write(sent, at, 1 << 16);
      }

      assertThat(forth.get(60, TimeUnit.SECONDS)).isEqualTo(sent);
      assertThat(back.get(60, TimeUnit.SECONDS)).isEqualTo(sent);
      a.finish();
      assertThat(b.read(new byte[1])).isEqualTo(-1);
      done.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void writerWaitsForAReaderThatDoesNot() throws Exception {
    UnixSockets.Pair pair = UnixSockets.pair();
    try (ByteStream a = ByteStream.over(loop, pair.here());
        ByteStream b = ByteStream.over(loop, pair.there())) {
      byte[] piece = noise(1 << 16);
      FutureTask<Integer> writing =
          new FutureTask<>(
              () -> {
                for (int i = 0; i < 64; i++) {
                  a.write(piece, 0, piece.length);
                }
                return 64;
              });
      Thread.ofVirtual().start(writing);

      assertThatThrownBy(() -> writing.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      readAll(b, 64 << 16);
      assertThat(writing.get(60, TimeUnit.SECONDS)).isEqualTo(64);
    }
  }

  @Test
  void endIsReadAfterTheLastByte() throws Exception {
    UnixSockets.Pair pair = UnixSockets.pair();
    try (ByteStream a = ByteStream.over(loop, pair.here());
        ByteStream b = ByteStream.over(loop, pair.there())) {
      a.write(new byte[] {1, 2, 3}, 0, 3);
      a.finish();

      assertThat(readAll(b, 3)).containsExactly(1, 2, 3);
      assertThat(b.read(new byte[1])).isEqualTo(-1);
    }
  }
}
