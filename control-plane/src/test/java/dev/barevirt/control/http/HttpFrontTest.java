package dev.barevirt.control.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.control.http.HttpFront.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpFrontTest {
  private static final int LARGEST = 1000;
  private static final long PATIENCE = 20;

  @TempDir private static Path directory;
  private static Loop loop;
  private static Certificates certificates;
  private static TlsIdentity server;
  private static TlsIdentity renewed;
  private static TlsIdentity friend;

  private final Variable<TlsIdentity> shown = new Variable<>();
  private final Variable<HttpHandler> handler = new Variable<>();
  private HttpFront front;
  private Dialer dialer;

  @BeforeAll
  static void prepare() {
    loop = new Loop();
    certificates = new Certificates(directory);
    server = certificates.identity("server");
    renewed = certificates.identity("renewed server");
    friend = certificates.identity("friend");
  }

  @AfterAll
  static void finish() {
    loop.close();
  }

  /** Something tests change while a front looks at it. */
  private static final class Variable<T> {
    private volatile @Nullable T value;

    private T get() {
      return Objects.requireNonNull(value);
    }

    private void set(T value) {
      this.value = value;
    }
  }

  @BeforeEach
  void open() {
    shown.set(server);
    handler.set(_ -> Answer.empty(404));
    front =
        HttpFront.open(
            loop,
            new Address("127.0.0.1", 0, LARGEST),
            shown::get,
            request -> handler.get().answer(request));
    dialer = new Dialer(loop, () -> friend, () -> List.of(certificates.authority()));
  }

  @AfterEach
  void close() {
    dialer.close();
    front.close();
  }

  @Test
  void takesBodiesOfAnyMethodAndType() throws Exception {
    handler.set(
        request ->
            Answer.json(
                202, request.method() + " " + request.query() + " " + request.body().text()));

    assertThat(sent("PUT", "/a?b=%2Fc", "")).isEqualTo("202 application/json PUT b=%2Fc ");
    assertThat(sent("PUT", "/a", "{}")).isEqualTo("202 application/json PUT  {}");
    assertThat(sent("GET", "/a", "{}")).isEqualTo("202 application/json GET  {}");
  }

  @Test
  void doesNotDecodePaths() throws Exception {
    handler.set(request -> Answer.text(200, request.path()));

    assertThat(raw("GET /a%2Fb/../c//d HTTP/1.1")).contains("/a%2Fb/../c//d");
  }

  @Test
  void aBodyThatIsTooLargeIsNotTaken() throws Exception {
    handler.set(_ -> Answer.empty(200));

    assertThat(sent("PUT", "/", "x".repeat(LARGEST))).startsWith("200");
    assertThat(sent("PUT", "/", "x".repeat(LARGEST + 1))).startsWith("413");
  }

  @Test
  void aFailureIsToldWithoutItsReason() throws Exception {
    handler.set(
        _ -> {
          throw new HttpException("a secret");
        });

    assertThat(sent("GET", "/", "")).startsWith("500").doesNotContain("secret");
  }

  @Test
  void showsHandlersWhatClientsShow() throws Exception {
    handler.set(
        request ->
            Answer.text(
                200,
                request.clientChain().isEmpty()
                    ? "nobody"
                    : CertificateChains.commonName(request.clientChain().getFirst())));

    assertThat(sent("GET", "/", "")).contains("nobody");
    try (HttpClient client = client(List.of(friend))) {
      assertThat(client.send(request("GET", "/", ""), BodyHandlers.ofString()).body())
          .isEqualTo("friend");
    }
  }

  @Test
  void aRenewedCertificateIsShownToTheNextClient() throws Exception {
    assertThat(nameShown()).isEqualTo("CN=server");
    shown.set(renewed);
    assertThat(nameShown()).isEqualTo("CN=renewed server");
  }

  @Test
  void aStreamCarriesBytesBothWaysAndEndsWithItsPeer() throws Exception {
    try (ServerSocket guest = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpClient client = client(List.of())) {
      handler.set(
          _ ->
              new Answer.Stream(
                  dialer.tcp("127.0.0.1", guest.getLocalPort(), Duration.ofSeconds(PATIENCE)),
                  Liveness.PATIENT));
      Viewer viewer = new Viewer();
      WebSocket socket = connect(client, viewer);
      try (Socket accepted = guest.accept()) {
        assertThat(socket.getSubprotocol()).isEqualTo("plain.kubevirt.io");
        socket.sendBinary(bytes("hello"), true).join();
        assertThat(new String(accepted.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
            .isEqualTo("hello");
        accepted.getOutputStream().write("world".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(viewer.closed.get(PATIENCE, TimeUnit.SECONDS)).isEqualTo(1000);
      assertThat(viewer.read).hasToString("world");
    }
  }

  @Test
  void aPeerIsLeftWhenItsClientLeaves() throws Exception {
    try (ServerSocket guest = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpClient client = client(List.of())) {
      handler.set(
          _ ->
              new Answer.Stream(
                  dialer.tcp("127.0.0.1", guest.getLocalPort(), Duration.ofSeconds(PATIENCE)),
                  Liveness.PATIENT));
      WebSocket socket = connect(client, new Viewer());
      try (Socket accepted = guest.accept()) {
        accepted.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE));
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aClientThatReadsNothingHoldsThePeerBack() throws Exception {
    try (ServerSocket guest = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpClient client = client(List.of())) {
      handler.set(
          _ ->
              new Answer.Stream(
                  dialer.tcp("127.0.0.1", guest.getLocalPort(), Duration.ofSeconds(PATIENCE)),
                  Liveness.PATIENT));
      Viewer lazy = new Viewer();
      lazy.reads = false;
      WebSocket socket = connect(client, lazy);
      try (Socket accepted = guest.accept()) {
        long taken = writeUntilStuck(accepted);
        assertThat(taken).isLessThan(64L << 20);
        lazy.reads = true;
        socket.request(Long.MAX_VALUE);
        accepted.getOutputStream().write(1);
        lazy.expect(taken + 1);
      }
    }
  }

  /** Writes without blocking until the socket takes nothing for a while; how much it took. */
  private static long writeUntilStuck(Socket socket) throws Exception {
    byte[] block = new byte[64 << 10];
    OutputStream out = socket.getOutputStream();
    long[] taken = {0};
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (taken[0] < 128L << 20) {
                      out.write(block);
                      taken[0] += block.length;
                    }
                  } catch (IOException _) {
                    // The test is over.
                  }
                });
    long before = -1;
    while (taken[0] != before) {
      before = taken[0];
      writer.join(Duration.ofMillis(500));
    }
    return taken[0];
  }

  @Test
  void aClientThatDoesNotAnswerIsDropped() throws Exception {
    try (ServerSocket guest = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      handler.set(
          _ ->
              new Answer.Stream(
                  dialer.tcp("127.0.0.1", guest.getLocalPort(), Duration.ofSeconds(PATIENCE)),
                  new Liveness(Duration.ofMillis(50), Duration.ofMillis(300))));
      try (Socket client =
          certificates
              .client(List.of())
              .getSocketFactory()
              .createSocket("127.0.0.1", front.port())) {
        client.getOutputStream().write(upgrade().getBytes(StandardCharsets.US_ASCII));
        try (Socket accepted = guest.accept()) {
          accepted.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE));
          assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void aRefusedStreamHasAnAnswerWithABody() throws Exception {
    handler.set(_ -> Answer.json(400, "{\"message\":\"no\"}"));

    assertThat(raw(upgrade().strip())).startsWith("HTTP/1.1 400").endsWith("{\"message\":\"no\"}");
  }

  @Test
  void aDialerMeetsOnlyServersOfTheRoleItDials() {
    handler.set(request -> Answer.text(200, request.body().text()));
    Dialer.Server right = new Dialer.Server("127.0.0.1", front.port(), Set.of("server"));
    Dialer.Server wrong = new Dialer.Server("127.0.0.1", front.port(), Set.of("other"));

    assertThat(
            dialer
                .call(right, "PUT", "/", Payload.of("told"), Duration.ofSeconds(PATIENCE))
                .body()
                .text())
        .isEqualTo("told");
    assertThatThrownBy(
            () -> dialer.call(wrong, "PUT", "/", Payload.EMPTY, Duration.ofSeconds(PATIENCE)))
        .isInstanceOf(HttpException.class)
        .hasMessageStartingWith("PUT / at 127.0.0.1: ");
  }

  @Test
  void aDialersRefusedStreamIsTheServersAnswer() {
    handler.set(_ -> Answer.json(503, "{\"message\":\"in use\"}"));
    Dialer.Server to = new Dialer.Server("127.0.0.1", front.port(), Set.of("server"));

    assertThat(dialer.stream(to, "/vnc", Duration.ofSeconds(PATIENCE)))
        .isInstanceOfSatisfying(
            Dialer.Dialled.Refused.class,
            refused -> {
              assertThat(refused.answer().code()).isEqualTo(503);
              assertThat(refused.answer().body().text()).isEqualTo("{\"message\":\"in use\"}");
            });
  }

  private HttpClient client(List<TlsIdentity> identities) {
    return HttpClient.newBuilder().sslContext(certificates.client(identities)).build();
  }

  private java.net.http.HttpRequest request(String method, String path, String body) {
    return java.net.http.HttpRequest.newBuilder(
            URI.create("https://127.0.0.1:" + front.port() + path))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private String sent(String method, String path, String body) throws Exception {
    try (HttpClient client = client(List.of())) {
      var answer = client.send(request(method, path, body), BodyHandlers.ofString());
      return answer.statusCode()
          + " "
          + answer.headers().firstValue("Content-Type").orElse("")
          + " "
          + answer.body();
    }
  }

  private static String upgrade() {
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

  /** Sends a request as it stands and reads all of the answer. */
  private String raw(String head) throws IOException {
    try (Socket socket =
        certificates.client(List.of()).getSocketFactory().createSocket("127.0.0.1", front.port())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE));
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

  private String nameShown() throws Exception {
    try (HttpClient client = client(List.of())) {
      return client
          .send(request("GET", "/", ""), BodyHandlers.discarding())
          .sslSession()
          .orElseThrow()
          .getPeerPrincipal()
          .getName();
    }
  }

  private WebSocket connect(HttpClient client, WebSocket.Listener viewer) {
    return client
        .newWebSocketBuilder()
        .subprotocols("plain.kubevirt.io")
        .buildAsync(URI.create("wss://127.0.0.1:" + front.port() + "/stream"), viewer)
        .join();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Somebody at a stream. */
  private static final class Viewer implements WebSocket.Listener {
    private final StringBuilder read = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> enough = new CompletableFuture<>();
    private volatile boolean reads = true;
    private volatile long expected = Long.MAX_VALUE;
    private volatile long counted;

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
      read.append(data.remaining() < 100 ? StandardCharsets.UTF_8.decode(data) : "");
      check();
      return null;
    }

    private void check() {
      if (counted >= expected) {
        enough.complete(null);
      }
    }

    private void expect(long bytes) throws Exception {
      expected = bytes;
      check();
      enough.get(PATIENCE, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
