package dev.barevirt.control.http;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody at a stream, who may be told not to read. */
final class Viewer implements WebSocket.Listener {
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final CompletableFuture<Void> enough = new CompletableFuture<>();
  private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
  private final boolean reads;
  private volatile long expected = Long.MAX_VALUE;
  private volatile long counted;

  private Viewer(boolean reads) {
    this.reads = reads;
  }

  /** Reads all there is. */
  static Viewer eager() {
    return new Viewer(true);
  }

  /** Reads what the test asks the websocket for. */
  static Viewer lazy() {
    return new Viewer(false);
  }

  @Override
  public void onOpen(WebSocket socket) {
    if (reads) {
      socket.request(Long.MAX_VALUE);
    }
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts, another reads
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    counted += data.remaining();
    if (reads) {
      pieces.add(StandardCharsets.UTF_8.decode(data).toString());
    }
    check();
    return null;
  }

  private void check() {
    if (counted >= expected) {
      enough.complete(null);
    }
  }

  /** Waits for so many bytes in all. */
  void expect(long bytes) throws Exception {
    expected = bytes;
    check();
    enough.get(TestFront.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits for what an eager one reads next. */
  String next() throws InterruptedException {
    String next = pieces.poll(TestFront.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came within " + TestFront.PATIENCE);
    }
    return next;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  /** Waits for the code with which the stream ends. */
  int awaitClosed() throws Exception {
    return closed.get(TestFront.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
