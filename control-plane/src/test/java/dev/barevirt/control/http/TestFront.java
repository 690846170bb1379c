package dev.barevirt.control.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A front on a port of its own that does what a test tells it, and clients of it. */
final class TestFront implements AutoCloseable {
  static final int LARGEST = 1000;
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Certificates CERTIFICATES = Certificates.shared();
  private static final TlsIdentity SERVER = CERTIFICATES.identity("server");

  /** Who dials. */
  static final TlsIdentity FRIEND = CERTIFICATES.identity("friend");

  private final Loop loop = new Loop();
  private final HttpFront front;
  private final Dialer dialer;
  private volatile TlsIdentity shown = SERVER;
  private volatile HttpHandler handler = _ -> Answer.empty(404);

  /** A front that calls itself server and dials as friend. */
  TestFront() {
    this.front =
        HttpFront.open(
            loop,
            new HttpFront.Address("127.0.0.1", 0, LARGEST),
            () -> shown,
            request -> handler.answer(request));
    this.dialer = new Dialer(loop, () -> FRIEND, () -> List.of(CERTIFICATES.authority()));
  }

  /** Answers all requests from now on. */
  void answer(HttpHandler with) {
    handler = with;
  }

  /** Shows another certificate from now on. */
  void show(TlsIdentity identity) {
    shown = identity;
  }

  /** Shows what it showed first. */
  void showFirst() {
    shown = SERVER;
  }

  Dialer dialer() {
    return dialer;
  }

  int port() {
    return front.port();
  }

  HttpClient client(List<TlsIdentity> identities) {
    return HttpClient.newBuilder().sslContext(CERTIFICATES.client(identities)).build();
  }

  java.net.http.HttpRequest request(String method, String path, String body) {
    return java.net.http.HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port() + path))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  /** Code, type and body of an answer. */
  String sent(String method, String path, String body) throws Exception {
    try (HttpClient client = client(List.of())) {
      var answer = client.send(request(method, path, body), BodyHandlers.ofString());
      return answer.statusCode()
          + " "
          + answer.headers().firstValue("Content-Type").orElse("")
          + " "
          + answer.body();
    }
  }

  /** Connects to a stream. */
  WebSocket connect(HttpClient client, WebSocket.Listener viewer) {
    return client
        .newWebSocketBuilder()
        .subprotocols("plain.kubevirt.io")
        .buildAsync(URI.create("wss://127.0.0.1:" + port() + "/stream"), viewer)
        .join();
  }

  /** The words with which a client asks for a stream. */
  static String upgrade() {
    return """
        GET /stream HTTP/1.1
        Host: a
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
        Sec-WebSocket-Protocol: plain.kubevirt.io

        """
        .replace("\n", "\r\n");
  }

  /** A connection over which a test says what it likes. */
  Socket socket() throws IOException {
    Socket socket =
        CERTIFICATES.client(List.of()).getSocketFactory().createSocket("127.0.0.1", port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  /** Sends a request as it stands and reads all of the answer. */
  String raw(String head) throws IOException {
    try (Socket socket = socket()) {
      String sent = head.contains("Host:") ? head : head + "\r\nHost: a";
      socket.getOutputStream().write((sent + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return answer(socket.getInputStream());
    }
  }

  private static String answer(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) in.read());
    }
    int at = text.toString().toLowerCase(Locale.ROOT).indexOf("content-length: ");
    int length = Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
    return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    dialer.close();
    front.close();
    loop.close();
  }
}
