package dev.barevirt.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A stream of a guest, reached by websocket through the API server as every client reaches it. */
final class GuestStream implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ByteArrayOutputStream received = new ByteArrayOutputStream(); // guarded by itself
  private final WebSocket socket;
  private int taken;

  private GuestStream(KubernetesClient client, String path) {
    socket =
        client
            .getHttpClient()
            .newWebSocketBuilder()
            .subprotocol("plain.kubevirt.io")
            .uri(uri(client, path))
            .buildAsync(this)
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  /** Connects to a stream of an instance that runs, such as {@code console}. */
  static GuestStream of(KubernetesClient client, String namespace, String instance, String what) {
    return new GuestStream(
        client,
        "/apis/subresources.kubevirt.io/v1/namespaces/%s/virtualmachineinstances/%s/%s"
            .formatted(namespace, instance, what));
  }

  private static URI uri(KubernetesClient client, String path) {
    return URI.create(
        client.getMasterUrl().toString().replaceFirst("^https", "wss").replaceFirst("/$", "")
            + path);
  }

  /** Sends bytes as one message. */
  void send(byte... bytes) {
    if (!socket.send(ByteBuffer.wrap(bytes))) {
      throw new AssertionError("the stream is closed");
    }
  }

  /** Waits for so many bytes more. */
  byte[] read(int count) {
    Awaitility.await("%d bytes come from the guest".formatted(count))
        .atMost(PATIENCE)
        .until(() -> all().length >= taken + count);
    byte[] read = Arrays.copyOfRange(all(), taken, taken + count);
    taken += count;
    return read;
  }

  /** All that came since the connection was made. */
  byte[] all() {
    synchronized (received) {
      return received.toByteArray();
    }
  }

  @Override
  public void onMessage(WebSocket from, ByteBuffer bytes) {
    byte[] piece = new byte[bytes.remaining()];
    bytes.get(piece);
    synchronized (received) {
      received.writeBytes(piece);
    }
    from.request();
  }

  @Override
  public void close() {
    socket.sendClose(1000, null);
  }
}
