package dev.barevirt.qmp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ends of the envelope, talking to each other. */
final class WireServerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final WireLoop loop = WireLoop.start("test");
  private Path directory = Path.of("/");

  @BeforeEach
  void makeDirectory() throws Exception {
    directory = Files.createTempDirectory(Path.of("/tmp"), "bv");
  }

  @AfterEach
  void close() throws Exception {
    loop.close();
    Files.deleteIfExists(directory.resolve("s"));
    Files.delete(directory);
  }

  private WireServer listen(WireService service) {
    return WireServer.listen(loop, directory.resolve("s"), WireLimits.rpc(), service);
  }

  private WireConnection dial(WireListener listener) {
    return WireConnection.connect(loop, directory.resolve("s"), WireSettings.rpc(), listener);
  }

  @Test
  void answersWithWhatTheServiceReturns() throws Exception {
    try (WireServer _ = listen(request -> request.reply(request.arguments()));
        WireConnection connection = dial(new WireListener() {})) {
      RawJson arguments = RawJson.of("{\"a\":[1,\"ü\",null,true,1.5]}");

      RawJson reply = connection.call(WireCommand.of("echo", arguments), SOON);

      assertThat(reply.text()).isEqualTo(arguments.text());
    }
  }

  @Test
  void refusalBecomesAnExceptionWithItsClass() {
    try (WireServer _ =
            listen(request -> request.fail(WireRequest.COMMAND_NOT_FOUND, "no such thing"));
        WireConnection connection = dial(new WireListener() {})) {
      assertThatThrownBy(() -> connection.call(WireCommand.of("fly", RawJson.EMPTY_OBJECT), SOON))
          .isInstanceOfSatisfying(
              WireException.Refused.class,
              e -> assertThat(e.errorClass()).isEqualTo(WireRequest.COMMAND_NOT_FOUND))
          .hasMessageContaining("no such thing");
    }
  }

  @Test
  void serviceThatThrowsIsAnsweredFor() {
    try (WireServer _ =
            listen(
                _ -> {
                  throw new IllegalStateException("a bug");
                });
        WireConnection connection = dial(new WireListener() {})) {
      assertThatThrownBy(() -> connection.call(WireCommand.of("break", RawJson.EMPTY_OBJECT), SOON))
          .isInstanceOf(WireException.Refused.class);
    }
  }

  @Test
  void eventsArriveInOrder() throws Exception {
    LinkedBlockingQueue<WireEvent> events = new LinkedBlockingQueue<>();
    WireService service =
        request -> {
          for (int i = 0; i < 1000; i++) {
            request.peer().send(WireEvent.of("E", RawJson.of("{\"n\":" + i + "}"), Instant.now()));
          }
          request.reply();
        };
    try (WireServer _ = listen(service);
        WireConnection connection =
            dial(
                new WireListener() {
                  @Override
                  public void event(WireEvent event) {
                    events.add(event);
                  }
                })) {
      connection.call(WireCommand.of("go", RawJson.EMPTY_OBJECT), SOON);

      for (int i = 0; i < 1000; i++) {
        WireEvent event = events.poll(20, TimeUnit.SECONDS);
        assertThat(event).isNotNull();
        assertThat(event.data().tree().at("n").integer()).isEqualTo(i);
      }
    }
  }

  @Test
  void descriptorsArriveWithTheirCommand() throws Exception {
    WireService service =
        request -> {
          request.descriptors().forEach(OwnedFd::close);
          request.reply(RawJson.of(Integer.toString(request.descriptors().size())));
        };
    try (WireServer _ = listen(service);
        WireConnection connection = dial(new WireListener() {})) {
      UnixSockets.Pair pair = UnixSockets.pair();

      WireReply plain = connection.submit(WireCommand.of("a", RawJson.EMPTY_OBJECT));
      WireReply two =
          connection.submit(
              WireCommand.of("b", RawJson.EMPTY_OBJECT).with(List.of(pair.here(), pair.there())));

      assertThat(plain.await(SOON).text()).isEqualTo("0");
      assertThat(two.await(SOON).text()).isEqualTo("2");
    }
  }

  @Test
  void connectionBecomesAStreamAfterTheReply() throws Exception {
    WireService service =
        request -> {
          ByteStream stream = request.openStream(RawJson.EMPTY_OBJECT);
          byte[] buffer = new byte[100];
          int length = stream.read(buffer);
          stream.write(buffer, 0, length);
          stream.finish();
        };
    try (WireServer _ = listen(service);
        WireConnection connection = dial(new WireListener() {})) {
      try (ByteStream stream =
          connection.openStream(WireCommand.of("open", RawJson.EMPTY_OBJECT), SOON)) {
        byte[] hello = "hello\n{".getBytes(StandardCharsets.UTF_8);
        stream.write(hello, 0, hello.length);

        byte[] back = new byte[100];
        assertThat(stream.read(back)).isEqualTo(hello.length);
        assertThat(stream.read(back)).isEqualTo(-1);
      }
    }
  }

  @Test
  void peerThatBabblesIsToldAndStaysConnected() throws Exception {
    try (WireServer _ = listen(WireRequest::reply)) {
      ByteStream raw = ByteStream.connect(loop, directory.resolve("s"));
      byte[] babble = "what?\n{\"execute\":\"x\",\"id\":\"7\"}\n".getBytes(StandardCharsets.UTF_8);
      raw.write(babble, 0, babble.length);

      String said = "";
      byte[] buffer = new byte[1000];
      while (!said.contains("\"7\"")) {
        int length = raw.read(buffer);
        assertThat(length).isPositive();
        said += new String(buffer, 0, length, StandardCharsets.UTF_8);
      }
      assertThat(said).contains("GenericError").contains("{\"return\":{},\"id\":\"7\"}");
      raw.close();
    }
  }

  @Test
  void knowsWhoConnected() throws Exception {
    WireService service =
        request -> request.reply(RawJson.of(Integer.toString(request.peer().credentials().pid())));
    try (WireServer _ = listen(service);
        WireConnection connection = dial(new WireListener() {})) {
      RawJson pid = connection.call(WireCommand.of("who", RawJson.EMPTY_OBJECT), SOON);

      assertThat(pid.text()).isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void connectionThatSaysSoBecomesAStream() throws Exception {
    UnixSockets.Pair pair = UnixSockets.pair();
    LinkedBlockingQueue<ByteStream> streams = new LinkedBlockingQueue<>();
    WireListener listener =
        new WireListener() {
          @Override
          public void event(WireConnection connection, WireEvent event) {
            streams.add(connection.becomeStream());
          }
        };
    try (WireConnection _ = WireConnection.over(loop, pair.here(), WireSettings.rpc(), listener);
        ByteStream other = ByteStream.over(loop, pair.there())) {
      byte[] said = "{\"event\":\"HELLO\"}\nraw\n\n".getBytes(StandardCharsets.US_ASCII);
      other.write(said, 0, said.length);

      ByteStream stream = streams.poll(SOON.toSeconds(), TimeUnit.SECONDS);
      byte[] read = new byte[64];
      int length = java.util.Objects.requireNonNull(stream).read(read);
      assertThat(new String(read, 0, length, StandardCharsets.US_ASCII)).isEqualTo("raw\n\n");
      stream.write(said, 0, 3);
      assertThat(other.read(read)).isEqualTo(3);
    }
  }

  @Test
  void processThatConnectedIsHeld() {
    UnixSockets.Pair pair = UnixSockets.pair();
    try (OwnedFd here = pair.here();
        OwnedFd _ = pair.there();
        PeerProcess peer = PeerProcess.of(here)) {
      assertThat(peer.credentials().pid()).isEqualTo((int) ProcessHandle.current().pid());
      assertThat(peer.isAlive()).isTrue();
    }
  }
}
