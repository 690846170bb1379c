package dev.barevirt.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A guest's serial console, reached through the API server as every client reaches it. */
record Console(GuestStream stream) implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Connects to the console of an instance that runs. */
  static Console of(KubernetesClient client, String namespace, String instance) {
    return new Console(GuestStream.of(client, namespace, instance, "console"));
  }

  /** Types a line. */
  void type(String line) {
    stream.send((line + "\n").getBytes(StandardCharsets.UTF_8));
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
    return new String(stream.all(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    stream.close();
  }
}
