package dev.barevirt.virtctl.stream;

import dev.barevirt.virtctl.api.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One websocket of the API: binary messages both ways, with back-pressure both ways. */
public final class ApiStream implements AutoCloseable {
  private static final int CHUNK = 10_240;
  private static final int NORMAL = WebSocket.NORMAL_CLOSURE;
  private static final int ABNORMAL = 1006;
  private static final long CLOSING_SECONDS = 2;

  private final WebSocket socket;
  private final CompletableFuture<Ending> ending;
  private final ReentrantLock sending = new ReentrantLock();

  /**
   * How a stream has ended.
   *
   * @param code the close frame's code; 1000 is a normal end, 1006 a lost connection
   * @param reason what the other side says about it; may be empty
   */
  public record Ending(int code, String reason) {
    /** Whether it ended as streams should. */
    public boolean isNormal() {
      return code == NORMAL;
    }
  }

  private ApiStream(WebSocket socket, CompletableFuture<Ending> ending) {
    this.socket = socket;
    this.ending = ending;
  }

  /** Opens a stream whose bytes go to the sink. */
  public static ApiStream open(ApiClient api, String path, Sink sink) throws InterruptedException {
    CompletableFuture<Ending> ending = new CompletableFuture<>();
    WebSocket socket = api.stream(path, new Receiver(sink, ending));
    // Whoever asks for a message may have to hand it to the sink, and a sink may wait.
    Thread.ofVirtual().name("stream").start(() -> socket.request(1));
    return new ApiStream(socket, ending);
  }

  /** Sends one message; returns once it is on its way. */
  public void send(byte[] bytes, int length) throws IOException {
    sending.lock();
    try {
      socket.sendBinary(ByteBuffer.wrap(bytes, 0, length), true).join();
    } catch (CompletionException e) {
      throw new IOException("the stream is closed", e.getCause());
    } finally {
      sending.unlock();
    }
  }

  /** Sends what can be read until there is no more. */
  public void sendAll(InputStream source) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int read = source.read(chunk); read >= 0; read = source.read(chunk)) {
      send(chunk, read);
    }
  }

  /** Waits for the end, from whichever side. */
  public Ending await() {
    return ending.join();
  }

  /** Ends it from this side. */
  @Override
  public void close() {
    ending.complete(new Ending(NORMAL, ""));
    if (socket.isOutputClosed()) {
      return;
    }
    sending.lock();
    try {
      socket.sendClose(NORMAL, "").orTimeout(CLOSING_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException _) {
      socket.abort();
    } finally {
      sending.unlock();
    }
  }

  /** A sink that writes to a stream at once. */
  public static Sink into(OutputStream out) {
    return (bytes, _) -> {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      out.write(copy);
      out.flush();
    };
  }

  private record Receiver(Sink sink, CompletableFuture<Ending> ending)
      implements WebSocket.Listener {

    /** Asks for nothing yet: a sink that waits would keep the stream from being opened. */
    @Override
    public void onOpen(WebSocket socket) {}

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      try {
        sink.take(data, last);
        socket.request(1);
      } catch (IOException _) {
        // Whoever read from us has gone.
        ending.complete(new Ending(NORMAL, ""));
        socket.abort();
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      ending.complete(new Ending(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ending.complete(new Ending(ABNORMAL, String.valueOf(error.getMessage())));
    }
  }
}
