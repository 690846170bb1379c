package dev.barevirt.qmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.qmp.command.Cont;
import dev.barevirt.qmp.command.DeviceDel;
import dev.barevirt.qmp.command.QomGet;
import dev.barevirt.qmp.command.QueryName;
import dev.barevirt.qmp.command.QueryStatus;
import dev.barevirt.qmp.command.RunState;
import dev.barevirt.qmp.command.SetPassword;
import dev.barevirt.qmp.command.Stop;
import dev.barevirt.qmp.event.BalloonChange;
import dev.barevirt.qmp.event.DeviceDeleted;
import dev.barevirt.qmp.event.Occurrence;
import dev.barevirt.qmp.event.Resume;
import dev.barevirt.qmp.event.Shutdown;
import dev.barevirt.qmp.event.ShutdownCause;
import dev.barevirt.qmp.event.Unknown;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.LateReply;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireHealth;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a monitor that misbehaves on command. */
final class QmpClientTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final String RUNNING =
      "{\"status\": \"running\", \"running\": true, \"singlestep\": false}";

  private final AtomicLong clock = new AtomicLong();
  private final WireLoop loop = WireLoop.start("test", clock::get);
  private FakeQemu qemu;

  QmpClientTest() throws Exception {
    qemu = FakeQemu.start();
  }

  @BeforeEach
  void answerTheUsual() {
    qemu.answering("query-status", RUNNING);
  }

  @AfterEach
  void close() {
    qemu.close();
    loop.close();
  }

  private QmpClient connect() throws InterruptedException {
    return QmpClient.connect(loop, qemu.socket(), WireSettings.library(), SOON);
  }

  @Test
  void negotiatesAndAsks() throws Exception {
    try (QmpClient client = connect()) {
      assertThat(client.greeting().version()).isEqualTo("7.2.22");
      assertThat(client.greeting().isAtLeast(7, 2)).isTrue();
      assertThat(client.call(new QueryStatus()))
          .isEqualTo(new QueryStatus.Status(true, RunState.RUNNING));
      assertThat(qemu.names()).containsExactly("qmp_capabilities", "query-status");
    }
  }

  @Test
  void readsWordsThatComeByteByByte() throws Exception {
    qemu.byteByByte();
    try (QmpClient client = connect()) {
      EventSubscription events = all(client);
      qemu.emit("SHUTDOWN", "{\"guest\": true, \"reason\": \"guest-shutdown\"}");

      assertThat(client.call(new QueryStatus()).status()).isEqualTo(RunState.RUNNING);
      assertThat(next(events).event()).isEqualTo(new Shutdown(true, ShutdownCause.GUEST_SHUTDOWN));
    }
  }

  @Test
  void readsWordsThatComeAllAtOnce() throws Exception {
    qemu.on(
        "query-status",
        call -> {
          StringBuilder burst = new StringBuilder();
          for (int i = 0; i < 100; i++) {
            burst.append("{\"event\": \"BALLOON_CHANGE\", \"data\": {\"actual\": ").append(i);
            burst.append("}, ").append(FakeQemu.timestamp()).append("}\r\n");
          }
          call.say(burst.toString());
          call.reply(RUNNING);
        });
    try (QmpClient client = connect()) {
      EventSubscription events = all(client);

      client.call(new QueryStatus());

      for (int i = 0; i < 100; i++) {
        assertThat(next(events).event()).isEqualTo(new BalloonChange(i));
      }
    }
  }

  @Test
  void unknownValuesMembersAndEventsDoNoHarm() throws Exception {
    qemu.answering("query-status", "{\"status\": \"levitating\", \"new\": [1], \"running\": true}");
    try (QmpClient client = connect()) {
      EventSubscription events = all(client);
      qemu.emit("NEW_IN_12", "{\"a\": 1}");
      qemu.emit("SHUTDOWN", "{\"guest\": \"text for a boolean\"}");

      assertThat(client.call(new QueryStatus()).status()).isEqualTo(RunState.UNKNOWN);
      assertThat(next(events).event())
          .isInstanceOfSatisfying(Unknown.class, e -> assertThat(e.name()).isEqualTo("NEW_IN_12"));
      assertThat(next(events).event()).isInstanceOf(Unknown.class);
    }
  }

  @Test
  void eventHasItsTimeAndPlace() throws Exception {
    try (QmpClient client = connect()) {
      EventSubscription events = all(client);
      qemu.emit("STOP", "{}");
      qemu.emit("RESUME", "{}");

      Occurrence first = next(events);
      assertThat(first.at()).isEqualTo(Instant.ofEpochSecond(1764000000, 250_000_000));
      assertThat(next(events).sequence()).isEqualTo(first.sequence() + 1);
    }
  }

  @Test
  void eventBeforeTheGreetingDoesNoHarm() throws Exception {
    qemu.greeting(
        "{\"event\": \"STOP\", "
            + FakeQemu.timestamp()
            + "}\r\n{\"QMP\": {\"version\": {}, \"capabilities\": []}}");
    try (QmpClient client = connect()) {
      assertThat(client.call(new QueryStatus()).running()).isTrue();
    }
  }

  @Test
  void givesUpWithoutGreeting() {
    qemu.greeting("");

    assertThatThrownBy(
            () -> QmpClient.connect(loop, qemu.socket(), WireSettings.library(), AT_ONCE))
        .isInstanceOf(WireException.TimedOut.class)
        .hasMessageContaining("greeting");
  }

  @Test
  void lateReplyIsConsumedAndToldOnce() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    qemu.on("device_del", FakeQemu.afterwards(release, "{}"));
    try (QmpClient client = connect()) {
      LinkedBlockingQueue<LateReply> late = new LinkedBlockingQueue<>();
      client.onLateReply(late::add);

      QmpReply<Nothing> slow = client.submit(new DeviceDel("net0"));
      Until.holds("device_del came", () -> qemu.names().contains("device_del"));
      assertThatThrownBy(() -> slow.await(AT_ONCE))
          .isInstanceOfSatisfying(WireException.TimedOut.class, e -> assertThat(e.sent()).isTrue());
      release.countDown();

      LateReply reply = late.poll(20, TimeUnit.SECONDS);
      assertThat(reply).isNotNull();
      assertThat(reply.command()).isEqualTo("device_del");
      assertThat(reply.succeeded()).isTrue();
      assertThat(client.call(new QueryStatus()).running()).isTrue();
    }
  }

  @Test
  void commandGivenUpBeforeItWasSentIsNeverSent() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    qemu.on("stop", FakeQemu.afterwards(release, "{}")).answering("cont", "{}");
    try (QmpClient client = connect()) {
      QmpReply<Nothing> first = client.submit(new Stop());

      assertThatThrownBy(() -> client.call(new Cont(), AT_ONCE))
          .isInstanceOfSatisfying(
              WireException.TimedOut.class,
              e -> {
                assertThat(e.sent()).isFalse();
                assertThat(e.retryable()).isTrue();
              });
      release.countDown();
      first.await(SOON);
      client.call(new QueryStatus());

      assertThat(qemu.names()).containsExactly("qmp_capabilities", "stop", "query-status");
    }
  }

  @Test
  void noMoreThanEightCommandsAreUnanswered() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    qemu.on("query-name", FakeQemu.afterwards(release, "{}"));
    try (QmpClient client = connect()) {
      List<QmpReply<QueryName.Name>> replies = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        replies.add(client.submit(new QueryName()));
      }
      Until.holds("eight are sent", () -> client.transcript().entries().size() >= 3 + 8);
      release.countDown();
      for (QmpReply<QueryName.Name> reply : replies) {
        reply.await(SOON);
      }

      List<String> sent =
          client.transcript().entries().stream()
              .map(e -> e.direction().name())
              .skip(3)
              .limit(9)
              .toList();
      assertThat(sent.subList(0, 8)).containsOnly("SENT");
      assertThat(sent.get(8)).isEqualTo("RECEIVED");
    }
  }

  @Test
  void healthIsTheAgeOfTheOldestUnansweredCommand() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    qemu.on("query-name", FakeQemu.afterwards(release, "{}"));
    try (QmpClient client = connect()) {
      assertThat(client.health()).isEqualTo(WireHealth.HEALTHY);
      QmpReply<QueryName.Name> slow = client.submit(new QueryName());
      Until.holds("query-name came", () -> qemu.names().contains("query-name"));

      clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
      assertThat(client.health()).isEqualTo(WireHealth.BUSY);
      clock.addAndGet(TimeUnit.SECONDS.toNanos(29));
      assertThat(client.health()).isEqualTo(WireHealth.STALLED);

      release.countDown();
      slow.await(SOON);
      client.call(new QueryStatus());
      assertThat(client.health()).isEqualTo(WireHealth.HEALTHY);
    }
  }

  @Test
  void refusalCarriesClassAndWords() throws Exception {
    qemu.on("device_del", call -> call.refuse("DeviceNotFound", "Device 'x' not found"));
    try (QmpClient client = connect()) {
      assertThatThrownBy(() -> client.call(new DeviceDel("x")))
          .isInstanceOfSatisfying(
              WireException.Refused.class,
              e -> {
                assertThat(e.errorClass()).isEqualTo("DeviceNotFound");
                assertThat(e.description()).isEqualTo("Device 'x' not found");
                assertThat(e.command()).isEqualTo("device_del");
              });
    }
  }

  @Test
  void errorWithoutIdFailsTheCommandThatCouldNotBeRead() throws Exception {
    qemu.on(
        "query-name",
        call -> call.say("{\"error\": {\"class\": \"GenericError\", \"desc\": \"stray\"}}\r\n"));
    try (QmpClient client = connect()) {
      assertThatThrownBy(() -> client.call(new QueryName()))
          .isInstanceOf(WireException.Refused.class);
      assertThat(client.call(new QueryStatus()).running()).isTrue();
    }
  }

  @Test
  void repliesNobodyAskedForAreDropped() throws Exception {
    qemu.on(
        "query-status",
        call -> {
          call.say("{\"return\": {}, \"id\": 4711}\r\n{\"return\": {}, \"id\": \"odd\"}\r\n");
          call.reply(RUNNING);
          call.reply("{\"status\": \"paused\"}");
        });
    try (QmpClient client = connect()) {
      assertThat(client.call(new QueryStatus()).status()).isEqualTo(RunState.RUNNING);
      assertThat(client.call(new QueryStatus()).status()).isEqualTo(RunState.RUNNING);
    }
  }

  @Test
  void disconnectionFailsEverythingThatWaits() throws Exception {
    qemu.on("query-name", FakeQemu.Call::hangUp);
    try (QmpClient client = connect()) {
      EventSubscription events = all(client);

      assertThatThrownBy(() -> client.call(new QueryName()))
          .isInstanceOf(WireException.Disconnected.class);
      assertThatThrownBy(() -> events.next(SOON)).isInstanceOf(WireException.Disconnected.class);
      assertThatThrownBy(() -> client.call(new QueryStatus()))
          .isInstanceOf(WireException.Disconnected.class);
      assertThat(client.health()).isEqualTo(WireHealth.CLOSED);
      assertThat(client.closed().toCompletableFuture().get(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void lastWordsBeforeTheEndAreHeard() throws Exception {
    qemu.on(
        "query-name",
        call -> {
          call.say("{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": false, ");
          call.say("\"reason\": \"host-signal\"}, " + FakeQemu.timestamp() + "}\r\n{\"retu");
          call.hangUp();
        });
    try (QmpClient client = connect()) {
      QmpExpectation shutdown = client.expect(Shutdown.class::isInstance);

      assertThatThrownBy(() -> client.call(new QueryName()))
          .isInstanceOf(WireException.Disconnected.class);
      assertThat(shutdown.await(SOON).event())
          .isEqualTo(new Shutdown(false, ShutdownCause.HOST_SIGNAL));
    }
  }

  @Test
  void resetIsADisconnectionToo() throws Exception {
    try (QmpClient client = connect()) {
      qemu.hangingUpAfter(200);
      String longPath = "x".repeat(2000);

      assertThatThrownBy(() -> client.call(new QomGet(longPath, "p")))
          .isInstanceOf(WireException.Disconnected.class);
    }
  }

  @Test
  void bigReplyIsReadAndABiggerOneEndsTheConnection() throws Exception {
    qemu.answering("query-name", "{\"name\": \"" + "n".repeat(300_000) + "\"}");
    WireSettings tight = WireSettings.library().withFrameLimit(400_000);
    try (QmpClient client = QmpClient.connect(loop, qemu.socket(), tight, SOON)) {
      assertThat(client.call(new QueryName()).name()).hasSize(300_000);

      qemu.answering("query-name", "{\"name\": \"" + "n".repeat(400_000) + "\"}");
      assertThatThrownBy(() -> client.call(new QueryName()))
          .isInstanceOf(WireException.Disconnected.class)
          .hasMessageContaining("400000");
    }
  }

  @Test
  void thirtyTwoMebibytesAreRead() throws Exception {
    qemu.answering("query-name", "{\"name\": \"" + "n".repeat(32 << 20) + "\"}");
    try (QmpClient client = connect()) {
      assertThat(client.call(new QueryName()).name()).hasSize(32 << 20);
    }
  }

  @Test
  void nonsenseEndsTheConnectionAndIsSaid() throws Exception {
    for (String nonsense :
        List.of(
            "]",
            "[1]",
            "{\"return\": {}, \"return\": {}}",
            "{\"a\": ",
            "{} {}",
            "\u0000",
            "{\"return\": " + "[".repeat(100_000))) {
      try (FakeQemu odd = FakeQemu.start()) {
        odd.on("query-name", call -> call.say(nonsense + "\r\n"));
        try (QmpClient client =
            QmpClient.connect(loop, odd.socket(), WireSettings.library(), SOON)) {
          assertThatThrownBy(() -> client.call(new QueryName()))
              .as(nonsense.substring(0, Math.min(40, nonsense.length())))
              .isInstanceOf(WireException.Disconnected.class)
              .hasMessageContaining("peer sent");
        }
      }
    }
  }

  @Test
  void replyOfTheWrongShapeFailsOnlyItsCall() throws Exception {
    qemu.answering("query-name", "[1, 2]");
    try (QmpClient client = connect()) {
      assertThatThrownBy(() -> client.call(new QueryName()))
          .isInstanceOf(WireException.Malformed.class);
      assertThat(client.call(new QueryStatus()).running()).isTrue();
    }
  }

  @Test
  void expectationSeesAnEventThatComesBeforeTheReply() throws Exception {
    qemu.on(
        "cont",
        call -> {
          qemu.emit("RESUME", "{}");
          call.reply("{}");
        });
    try (QmpClient client = connect();
        QmpExpectation resumed = client.expect(Resume.class::isInstance)) {
      client.call(new Cont());

      assertThat(resumed.await(SOON).event()).isEqualTo(new Resume());
    }
  }

  @Test
  void expectationMatchesTheDeviceAndIgnoresThePathOnlyEvent() throws Exception {
    try (QmpClient client = connect();
        QmpExpectation gone =
            client.expect(e -> e instanceof DeviceDeleted d && d.device().equals("net0"))) {
      qemu.emit("DEVICE_DELETED", "{\"path\": \"/machine/peripheral/net0/virtio-backend\"}");
      qemu.emit("DEVICE_DELETED", "{\"device\": \"net0\", \"path\": \"/machine/peripheral/net0\"}");

      assertThat(((DeviceDeleted) gone.await(SOON).event()).path()).endsWith("net0");
    }
  }

  @Test
  void stormLeavesAnIdleSubscriberWithTheNewest() throws Exception {
    int storm = 100_000;
    qemu.on("query-name", call -> flood(call, storm));
    try (QmpClient client = connect()) {
      EventSubscription newest =
          client.subscribe(_ -> true, EventSubscription.Overflow.DROP_OLDEST, 10);
      EventSubscription last = client.subscribe(_ -> true, EventSubscription.Overflow.COALESCE, 10);
      EventSubscription strict = client.subscribe(_ -> true, EventSubscription.Overflow.FAIL, 10);

      client.call(new QueryName(), Duration.ofSeconds(60));

      assertThat(next(newest).event()).isEqualTo(new BalloonChange(storm - 10));
      assertThat(newest.dropped()).isEqualTo(storm - 10);
      assertThat(next(last).event()).isEqualTo(new BalloonChange(storm - 1));
      assertThat(last.dropped()).isZero();
      for (int i = 0; i < 10; i++) {
        assertThat(next(strict).event()).isEqualTo(new BalloonChange(i));
      }
      assertThatThrownBy(() -> strict.next(SOON)).isInstanceOf(WireException.Overflow.class);
    }
  }

  @Test
  void closedSubscriptionGetsNothing() throws Exception {
    try (QmpClient client = connect()) {
      EventSubscription events = all(client);
      events.close();
      qemu.emit("STOP", "{}");
      client.call(new QueryStatus());

      assertThatThrownBy(() -> events.next(SOON)).isInstanceOf(WireException.Disconnected.class);
    }
  }

  @Test
  void transcriptHoldsTheTalkButNoSecrets() throws Exception {
    qemu.answering("set_password", "{}");
    try (QmpClient client = connect()) {
      client.call(new SetPassword("vnc", "hunter2", null));
      client.call(new QueryStatus());

      String talk = client.transcript().entries().toString();
      assertThat(talk)
          .contains("query-status", "running", "set_password")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void idsOfTwoSessionsDiffer() throws Exception {
    try (QmpClient first = connect();
        QmpClient second = connect()) {
      first.call(new QueryStatus());
      second.call(new QueryStatus());

      assertThat(qemu.received().stream().map(r -> r.at("id").integer()).distinct()).hasSize(4);
    }
  }

  @Test
  void manyThreadsGetTheirOwnAnswers() throws Exception {
    qemu.on("qom-get", call -> call.reply(call.arguments().at("path").toString()));
    try (QmpClient client = connect()) {
      List<FutureTask<Integer>> callers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        String name = "caller" + t + "-";
        FutureTask<Integer> caller =
            new FutureTask<>(
                () -> {
                  int right = 0;
                  for (int i = 0; i < 200; i++) {
                    String path = name + i;
                    right += client.call(new QomGet(path, "p")).text().equals(path) ? 1 : 0;
                  }
                  return right;
                });
        Thread.ofVirtual().start(caller);
        callers.add(caller);
      }

      for (FutureTask<Integer> caller : callers) {
        assertThat(caller.get(60, TimeUnit.SECONDS)).isEqualTo(200);
      }
    }
  }

  @Test
  void stageIsDoneWhenTheAnswerIsThere() throws Exception {
    try (QmpClient client = connect()) {
      RunState state =
          client
              .submit(new QueryStatus())
              .stage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS)
              .status();

      assertThat(state).isEqualTo(RunState.RUNNING);
    }
  }

  private static void flood(FakeQemu.Call call, int events) throws java.io.IOException {
    StringBuilder burst = new StringBuilder();
    for (int i = 0; i < events; i++) {
      burst.append("{\"event\":\"BALLOON_CHANGE\",\"data\":{\"actual\":").append(i);
      burst.append("},").append(FakeQemu.timestamp()).append("}\r\n");
      if (burst.length() > 60_000) {
        call.say(burst.toString());
        burst.setLength(0);
      }
    }
    call.say(burst.toString());
    call.reply(Json.object().with("name", "after the storm").build().toString());
  }

  private static EventSubscription all(QmpClient client) {
    return client.subscribe(_ -> true, EventSubscription.Overflow.DROP_OLDEST, 1000);
  }

  private static Occurrence next(EventSubscription events) throws InterruptedException {
    return events.next(SOON).orElseThrow(() -> new AssertionError("no event came"));
  }
}
