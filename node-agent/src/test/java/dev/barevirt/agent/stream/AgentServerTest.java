package dev.barevirt.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.KeyCertOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentServerTest {
  private static final String API = "/CN=kubevirt.io:system:client:virt-handler";
  private static final String BASE = "/v1/namespaces/default/virtualmachineinstances/";

  private Certificates certificates;
  private Path serverFiles;
  private Path api;
  private Vertx vertx;
  private WireLoop loop;
  private FakeGuest guest;
  private AgentServer server;

  @BeforeAll
  void issuesCertificates(@TempDir Path directory) throws Exception {
    certificates = new Certificates(directory);
    serverFiles = certificates.issue("server", "/CN=virt-handler");
    api = certificates.issue("api", API);
    vertx = Vertx.vertx();
  }

  @AfterAll
  void ends() {
    var _ = vertx.close();
  }

  @BeforeEach
  void serves() throws Exception {
    loop = WireLoop.start("test");
    guest = new FakeGuest(loop);
    server =
        AgentServer.start(
            "127.0.0.1",
            0,
            (namespace, name) ->
                namespace.equals("default") && name.equals("vm")
                    ? Optional.of(guest)
                    : Optional.empty(),
            serverFiles,
            certificates.bundle());
  }

  @AfterEach
  void stops() {
    server.close();
    loop.close();
  }

  /** A status and a body. */
  private record Answer(int code, String body) {}

  private Answer ask(HttpMethod method, String path, Path identity) throws Exception {
    return ask(method, path, Certificates.identity(identity));
  }

  private Answer ask(HttpMethod method, String path, KeyCertOptions identity) throws Exception {
    var client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(certificates.trust())
                .setKeyCertOptions(identity));
    Future<Answer> answered =
        client
            .request(method, server.port(), "127.0.0.1", path)
            .compose(request -> request.send())
            .compose(
                response ->
                    response.body().map(b -> new Answer(response.statusCode(), b.toString())));
    try {
      return answered.await(10, TimeUnit.SECONDS);
    } finally {
      var _ = client.close();
    }
  }

  private WebSocket connect(String path) throws Exception {
    var client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setSsl(true)
                .setTrustOptions(certificates.trust())
                .setKeyCertOptions(Certificates.identity(api)));
    return client
        .connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setURI(path)
                .addSubProtocol("plain.kubevirt.io"))
        .await(10, TimeUnit.SECONDS);
  }

  private static String read(ByteStream from, int length) throws InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[4096];
    while (all.size() < length) {
      int count = from.read(piece);
      assertThat(count).isPositive();
      all.write(piece, 0, count);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  @Test
  void executesCommands() throws Exception {
    assertThat(ask(HttpMethod.PUT, BASE + "vm/pause", api)).isEqualTo(new Answer(200, ""));
    assertThat(ask(HttpMethod.PUT, BASE + "vm/unpause", api)).isEqualTo(new Answer(200, ""));
    assertThat(guest.executed()).containsExactly("pause", "resume");
  }

  @Test
  void answersRefusalsAsKubernetesDoes() throws Exception {
    Answer answer = ask(HttpMethod.PUT, BASE + "vm/reset", api);

    assertThat(answer.code()).isEqualTo(409);
    assertThat(answer.body())
        .contains("\"kind\":\"Status\"", "\"reason\":\"Conflict\"", "the guest does not run");
  }

  @Test
  void knowsOnlyGuestsOfThisNode() throws Exception {
    assertThat(ask(HttpMethod.PUT, BASE + "other/pause", api).code()).isEqualTo(404);
    assertThat(ask(HttpMethod.PUT, "/v1/other", api).code()).isEqualTo(404);
    assertThat(ask(HttpMethod.GET, BASE + "vm/pause", api).code()).isEqualTo(405);
  }

  @Test
  void hearsOnlyTheApi() throws Exception {
    Path stranger = certificates.issue("stranger", "/CN=kubevirt.io:system:client:other");

    assertThat(ask(HttpMethod.PUT, BASE + "vm/pause", stranger).code()).isEqualTo(403);
    assertThat(guest.executed()).isEmpty();
  }

  @Test
  void hearsNobodyFromAnotherAuthority(@TempDir Path directory) throws Exception {
    Path forged = new Certificates(directory).issue("api", API);

    assertThatThrownBy(() -> ask(HttpMethod.PUT, BASE + "vm/pause", forged))
        .isInstanceOf(Exception.class);
    assertThat(guest.executed()).isEmpty();
  }

  @Test
  void tellsWhatTheGuestsAgentSaid() throws Exception {
    assertThat(ask(HttpMethod.GET, BASE + "vm/guestosinfo", api).code()).isEqualTo(409);

    guest.tells(
        new AgentReport(
            true,
            "9.2",
            "sample",
            null,
            null,
            List.of(),
            List.of(new AgentReport.User("root", null, 1.0)),
            List.of(new AgentReport.Filesystem("vda1", "/", "ext4", 1L, 2L)),
            false,
            false));

    assertThat(ask(HttpMethod.GET, BASE + "vm/guestosinfo", api).body())
        .contains("\"guestAgentVersion\":\"9.2\"", "\"hostname\":\"sample\"", "\"thawed\"");
    assertThat(ask(HttpMethod.GET, BASE + "vm/userlist", api).body())
        .contains("\"items\":[{\"userName\":\"root\"");
    assertThat(ask(HttpMethod.GET, BASE + "vm/filesystemlist", api).body())
        .contains("\"mountPoint\":\"/\"");
  }

  @Test
  void relaysAConsoleBothWays() throws Exception {
    WebSocket viewer = connect(BASE + "vm/console");
    Buffer seen = Buffer.buffer();
    viewer.handler(seen::appendBuffer);
    try (ByteStream serial = guest.end()) {
      byte[] greeting = "login: ".getBytes(StandardCharsets.UTF_8);
      serial.write(greeting, 0, greeting.length);
      var _ = viewer.writeBinaryMessage(Buffer.buffer("root\n"));

      assertThat(read(serial, 5)).isEqualTo("root\n");
      await().until(() -> seen.toString().equals("login: "));
    }
  }

  @Test
  void aConsoleHasOneViewer() throws Exception {
    WebSocket first = connect(BASE + "vm/console");
    var _ = guest.end();
    var closed = first.closeHandler(_ -> {});
    WebSocket second = connect(BASE + "vm/console");
    try (ByteStream serial = guest.end()) {
      await().until(closed::isClosed);
      var _ = second.writeBinaryMessage(Buffer.buffer("x"));

      assertThat(read(serial, 1)).isEqualTo("x");
    }
  }

  @Test
  void theEndOfAStreamIsTheEndOfItsWebsocket() throws Exception {
    WebSocket viewer = connect(BASE + "vm/vnc");
    guest.end().close();

    await().until(viewer::isClosed);
    assertThat(viewer.closeStatusCode()).isEqualTo((short) 1000);
  }

  @Test
  void aViewerThatDoesNotReadHoldsTheGuestUp() throws Exception {
    WebSocket viewer = connect(BASE + "vm/console");
    viewer.pause();
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    int total = 64 << 20;
    viewer.handler(bytes -> seen.addAndGet(bytes.length()));
    ByteStream serial = guest.end();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  byte[] piece = new byte[64 * 1024];
                  try {
                    while (sent.get() < total) {
                      serial.write(piece, 0, piece.length);
                      sent.addAndGet(piece.length);
                    }
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                });
    AtomicInteger before = new AtomicInteger(-1);
    await().until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());

    assertThat(sent.get()).isLessThan(total);
    viewer.resume();
    await().until(() -> seen.get() == total);
    writer.join();
    serial.close();
  }

  @Test
  void takesUpNewCertificatesWhileItServes() throws Exception {
    Path renewed = certificates.issue("renewed", "/CN=renewed");
    for (String file : List.of("tls.key", "tls.crt")) {
      Files.copy(
          renewed.resolve(file), serverFiles.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    server.renew();

    await().untilAsserted(() -> assertThat(presented()).contains("CN=renewed"));
  }

  private String presented() throws Exception {
    WebSocket viewer = connect(BASE + "vm/console");
    try {
      return ((java.security.cert.X509Certificate) viewer.peerCertificates().getFirst())
          .getSubjectX500Principal()
          .getName();
    } finally {
      var _ = viewer.close();
    }
  }
}
