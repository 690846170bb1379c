package dev.barevirt.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A guest's serial console, reached through the API server as every client reaches it. */
final class Console implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream(); // guarded by itself
  private final WebSocket socket;

  private Console(KubernetesClient client, String path) {
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

  /** Connects to the console of an instance that runs. */
  static Console of(KubernetesClient client, String namespace, String instance) {
    return new Console(
        client,
        "/apis/subresources.kubevirt.io/v1/namespaces/%s/virtualmachineinstances/%s/console"
            .formatted(namespace, instance));
  }

  private static URI uri(KubernetesClient client, String path) {
    return URI.create(
        client.getMasterUrl().toString().replaceFirst("^https", "wss").replaceFirst("/$", "")
            + path);
  }

  /** Types a line. */
  void type(String line) {
    socket.send(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** Types a line until the guest answers it: a shell that is not there yet misses some. */
  void typeUntil(String line, String answer) {
    Awaitility.await("the console answers '" + line + "' with '" + answer + "'")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              type(line);
              return text().contains(answer);
            });
  }

  /** All that the guest has written since the connection was made. */
  String text() {
    synchronized (said) {
      return said.toString(StandardCharsets.UTF_8);
    }
  }

  @Override
  public void onMessage(WebSocket from, ByteBuffer bytes) {
    byte[] piece = new byte[bytes.remaining()];
    bytes.get(piece);
    synchronized (said) {
      said.writeBytes(piece);
    }
    from.request();
  }

  @Override
  public void close() {
    socket.sendClose(1000, null);
  }
}
