package dev.barevirt.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ProbeServerTest {
  @Test
  void tellsLifeAndReadinessApart() throws IOException, InterruptedException {
    try (ProbeServer server = ProbeServer.start(0, () -> true, () -> false);
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(get(client, server, "/healthz")).isEqualTo(200);
      assertThat(get(client, server, "/readyz")).isEqualTo(503);
    }
  }

  private static int get(HttpClient client, ProbeServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
