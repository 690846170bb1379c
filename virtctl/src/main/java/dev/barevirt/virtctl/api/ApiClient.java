package dev.barevirt.virtctl.api;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.json.Tree;
import dev.barevirt.virtctl.kubeconfig.Access;
import dev.barevirt.virtctl.kubeconfig.Fields;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/** One cluster's API. A path starts with a slash and comes after the server's own address. */
public final class ApiClient {
  private static final String SUBPROTOCOL = "plain.kubevirt.io";
  private static final Duration CONNECTING = Duration.ofSeconds(30);

  private final Access access;
  private final HttpClient http;

  /** For a cluster. Nothing is connected yet. */
  public ApiClient(Access access) {
    this.access = access;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    if ("https".equals(access.server().getScheme())) {
      builder.sslContext(Tls.context(access));
    }
    URI proxy = access.proxy();
    if (proxy != null) {
      int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
      builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), port)));
    }
    this.http = builder.build();
  }

  /** Reads an object. */
  public Fields get(String path) throws InterruptedException {
    return document(send("GET", path, BodyPublishers.noBody(), ""));
  }

  /** Reads bytes. */
  public byte[] bytes(String path) throws InterruptedException {
    return send("GET", path, BodyPublishers.noBody(), "");
  }

  /**
   * Asks a subresource to do something; the body has no media type, as KubeVirt's clients send it.
   */
  public byte[] put(String path, Map<String, ?> body) throws InterruptedException {
    return send("PUT", path, BodyPublishers.ofString(RecordWriter.toJson(body)), "");
  }

  /** Creates an object. */
  public Fields create(String path, Map<String, ?> object) throws InterruptedException {
    return document(
        send(
            "POST",
            path,
            BodyPublishers.ofString(RecordWriter.toJson(object)),
            "application/json"));
  }

  /** Changes an object by a merge patch (RFC 7386). */
  public Fields merge(String path, Map<String, ?> patch) throws InterruptedException {
    return document(
        send(
            "PATCH",
            path,
            BodyPublishers.ofString(RecordWriter.toJson(patch)),
            "application/merge-patch+json"));
  }

  /** Deletes an object. */
  public void delete(String path, Map<String, ?> options) throws InterruptedException {
    send("DELETE", path, BodyPublishers.ofString(RecordWriter.toJson(options)), "application/json");
  }

  private byte[] send(String method, String path, BodyPublisher body, String mediaType)
      throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).method(method, body);
    access
        .identity()
        .headers()
        .forEach((name, values) -> values.forEach(v -> request.header(name, v)));
    request.header("Accept", "application/json, */*").header("User-Agent", "virtctl");
    if (!mediaType.isEmpty()) {
      request.header("Content-Type", mediaType);
    }
    if (access.timeout().isPositive()) {
      request.timeout(access.timeout());
    }
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw ApiFailure.of(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer.body();
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /**
   * Opens a stream with KubeVirt's subprotocol. An answer other than 101 is an {@link ApiFailure}.
   */
  public WebSocket stream(String path, WebSocket.Listener listener) throws InterruptedException {
    URI http = at(path);
    URI address = URI.create(http.toString().replaceFirst("^http", "ws"));
    WebSocket.Builder builder =
        this.http.newWebSocketBuilder().subprotocols(SUBPROTOCOL).connectTimeout(CONNECTING);
    access
        .identity()
        .headers()
        .forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    try {
      return builder.buildAsync(address, listener).join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case WebSocketHandshakeException refused when refused.getResponse() != null -> {
          Object body = refused.getResponse().body();
          throw ApiFailure.of(
              refused.getResponse().statusCode(), body == null ? "" : body.toString());
        }
        case IOException broken -> throw unreachable(broken);
        case null, default -> throw e;
      }
    }
  }

  private URI at(String path) {
    String server = access.server().toString();
    return URI.create(
        (server.endsWith("/") ? server.substring(0, server.length() - 1) : server) + path);
  }

  private ConnectionException unreachable(IOException e) {
    URI server = access.server();
    String why =
        switch (e) {
          case HttpTimeoutException _ -> "it did not answer in time";
          case ConnectException _ ->
              "the connection was refused - did you specify the right host or port?";
          case SSLException tls -> "TLS: " + tls.getMessage();
          default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    return new ConnectionException("cannot talk to the server %s: %s".formatted(server, why), e);
  }

  private static Fields document(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return switch (RecordReader.LENIENT.upTo(Integer.MAX_VALUE).readTree(text)) {
      case Reading.Accepted<Tree>(Tree tree) -> new Fields(tree);
      case Reading.Refused<Tree> refused -> new Fields(refused.orThrow());
    };
  }
}
