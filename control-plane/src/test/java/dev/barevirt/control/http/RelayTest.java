package dev.barevirt.control.http;

import static dev.barevirt.control.http.TestFront.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final int VIEWERS = 200;
  private static final int SLOW = 5;
  private static final int ROUNDS = 5;

  /** What the sockets of a stream's four connections hold at most, in both directions. */
  private static final long IN_SOCKETS = 64L << 20;

  private static TestFront front;

  @BeforeAll
  static void open() {
    front = new TestFront();
  }

  @AfterAll
  static void close() {
    front.close();
  }

  @Test
  void aStreamCarriesBytesBothWaysAndEndsWithItsPeer() throws Exception {
    try (Guest guest = new Guest();
        HttpClient client = front.client(List.of())) {
      guest.behind(front, Liveness.PATIENT);
      Viewer viewer = Viewer.eager();
      WebSocket socket = front.connect(client, viewer);
      try (Socket accepted = guest.accept()) {
        assertThat(socket.getSubprotocol()).isEqualTo("plain.kubevirt.io");
        socket.sendBinary(bytes("hello"), true).join();
        assertThat(new String(accepted.getInputStream().readNBytes(5), StandardCharsets.UTF_8))
            .isEqualTo("hello");
        accepted.getOutputStream().write("world".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(viewer.next()).isEqualTo("world");
      assertThat(viewer.awaitClosed()).isEqualTo(1000);
    }
  }

  @Test
  void aPeerIsLeftWhenItsClientLeaves() throws Exception {
    try (Guest guest = new Guest();
        HttpClient client = front.client(List.of())) {
      guest.behind(front, Liveness.PATIENT);
      WebSocket socket = front.connect(client, Viewer.eager());
      try (Socket accepted = guest.accept()) {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aClientThatReadsNothingHoldsThePeerBack() throws Exception {
    try (Guest guest = new Guest();
        HttpClient client = front.client(List.of())) {
      guest.behind(front, Liveness.PATIENT);
      Viewer lazy = Viewer.lazy();
      WebSocket socket = front.connect(client, lazy);
      try (Socket accepted = guest.accept()) {
        long taken = Guest.floodUntilStuck(List.of(accepted)).getFirst();
        assertThat(taken).isLessThan(IN_SOCKETS);
        socket.request(Long.MAX_VALUE);
        lazy.expect(taken);
      }
    }
  }

  @Test
  void aClientThatDoesNotAnswerIsDropped() throws Exception {
    try (Guest guest = new Guest();
        Socket client = front.socket()) {
      guest.behind(front, new Liveness(Duration.ofMillis(50), Duration.ofMillis(300)));
      client.getOutputStream().write(TestFront.upgrade().getBytes(StandardCharsets.US_ASCII));
      try (Socket accepted = guest.accept()) {
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  /** As consoles go: from the client to the API, from the API to the agent, from there on. */
  @Test
  void hundredsOfStreamsAreCarriedAndNobodyWaitsForThoseWhoDoNotRead() throws Exception {
    List<Socket> guests = new ArrayList<>();
    try (Guest guest = new Guest();
        HttpClient client = front.client(List.of())) {
      Dialer.Server agent = new Dialer.Server("127.0.0.1", front.port(), Set.of("server"));
      front.answer(
          request ->
              request.path().equals("/agent")
                  ? tcp(guest)
                  : relayed(front.dialer().stream(agent, "/agent", PATIENCE)));
      try {
        List<Viewer> viewers = new ArrayList<>();
        List<WebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
          viewers.add(i < SLOW ? Viewer.lazy() : Viewer.eager());
          sockets.add(front.connect(client, viewers.get(i)));
          guests.add(guest.accept());
        }
        assertThat(Guest.floodUntilStuck(guests.subList(0, SLOW)))
            .allSatisfy(taken -> assertThat(taken).isLessThan(IN_SOCKETS));
        for (int round = 0; round < ROUNDS; round++) {
          echo(
              sockets.subList(SLOW, VIEWERS),
              guests.subList(SLOW, VIEWERS),
              viewers.subList(SLOW, VIEWERS));
        }
      } finally {
        client.shutdownNow(); // it would wait for those who do not read
      }
    } finally {
      for (Socket one : guests) {
        one.close();
      }
    }
  }

  private static void echo(List<WebSocket> sockets, List<Socket> guests, List<Viewer> viewers)
      throws Exception {
    sockets.forEach(socket -> socket.sendBinary(bytes("k"), true).join());
    for (Socket guest : guests) {
      guest.getOutputStream().write(guest.getInputStream().read());
    }
    for (Viewer viewer : viewers) {
      assertThat(viewer.next()).isEqualTo("k");
    }
  }

  private static Answer tcp(Guest guest) {
    return new Answer.Stream(
        front.dialer().tcp("127.0.0.1", guest.port(), PATIENCE), Liveness.PATIENT);
  }

  private static Answer relayed(Dialer.Dialled dialled) {
    return switch (dialled) {
      case Dialer.Dialled.Open(Peer peer) -> new Answer.Stream(peer, Liveness.PATIENT);
      case Dialer.Dialled.Refused(Answer.Whole answer) -> answer;
    };
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
