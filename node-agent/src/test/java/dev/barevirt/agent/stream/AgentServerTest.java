package dev.barevirt.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.LauncherFault;
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
import java.time.Duration;
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
    return asked(method, path, identity).await(10, TimeUnit.SECONDS);
  }

  private Future<Answer> asked(HttpMethod method, String path, KeyCertOptions identity) {
    var client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(certificates.trust())
                .setKeyCertOptions(identity));
    return client
        .request(method, server.port(), "127.0.0.1", path)
        .compose(request -> request.send())
        .compose(
            response -> response.body().map(b -> new Answer(response.statusCode(), b.toString())))
        .onComplete(_ -> client.close());
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
  void aVerbOfANewerApiIsRefusedByName() throws Exception {
    Answer answer = ask(HttpMethod.PUT, BASE + "vm/fly", api);

    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.body()).contains("fly is not supported by the agent of this node");
  }

  @Test
  void passesOnWhenAGuestIsToBeThawed() throws Exception {
    assertThat(ask(HttpMethod.PUT, BASE + "vm/freeze?thawAfterSeconds=300", api).code())
        .isEqualTo(200);
    assertThat(ask(HttpMethod.PUT, BASE + "vm/freeze", api).code()).isEqualTo(200);

    assertThat(guest.executed()).containsExactly("agent-freeze 300", "agent-freeze");
  }

  @Test
  void aScreenshotIsTheBytesOfAStream() throws Exception {
    byte[] picture = {'p', 'n', 'g', 0, 0, 0, 0, 'I', 'E', 'N', 'D', -82, 66, 96, -126};
    Future<Answer> answered = screenshot("?moveCursor=true");
    send(picture, picture.length);

    assertThat(answered.await(10, TimeUnit.SECONDS))
        .isEqualTo(new Answer(200, Buffer.buffer(picture).toString()));
    assertThat(guest.executed()).containsExactly("move-cursor");

    answered = screenshot("");
    send(picture, picture.length - 1);
    assertThat(answered.await(10, TimeUnit.SECONDS).body()).contains("did not arrive whole");
  }

  private Future<Answer> screenshot(String query) {
    return asked(HttpMethod.GET, BASE + "vm/screenshot" + query, Certificates.identity(api));
  }

  private void send(byte[] bytes, int length) throws InterruptedException {
    ByteStream display = guest.end();
    display.write(bytes, 0, length);
    display.finish();
  }

  @Test
  void aLauncherThatIsTooOldForScreenshotsIsNamed() throws Exception {
    guest.refusesStreams(LauncherFault.BAD_REQUEST, "dial-stream: arguments.stream: unknown");
    assertThat(ask(HttpMethod.GET, BASE + "vm/screenshot", api))
        .satisfies(answer -> assertThat(answer.code()).isEqualTo(400))
        .satisfies(answer -> assertThat(answer.body()).contains("restart the instance"));

    guest.refusesStreams(LauncherFault.CONFLICT, "the machine has no screen");
    assertThat(ask(HttpMethod.GET, BASE + "vm/screenshot", api).code()).isEqualTo(409);
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
  void aViewerWhoMayNotDisturbIsSentAway() throws Exception {
    WebSocket first = connect(BASE + "vm/vnc?preserveSession=true");
    await()
        .until(() -> ask(HttpMethod.GET, BASE + "vm/vnc?preserveSession=true", api).code() == 503);
    assertThat(first.isClosed()).isFalse();
  }

  @Test
  void severalMayLendUsbDevicesAsLongAsThereArePorts() throws Exception {
    WebSocket first = connect(BASE + "vm/usbredir");
    WebSocket second = connect(BASE + "vm/usbredir");
    assertThat(first.isClosed() || second.isClosed()).isFalse();

    guest.refusesStreams(LauncherFault.CONFLICT, "all are in use");
    assertThat(ask(HttpMethod.GET, BASE + "vm/usbredir", api).code()).isEqualTo(503);
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
    int total = 24 << 20;
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
    await().atMost(Duration.ofMinutes(1)).until(() -> seen.get() == total);
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
