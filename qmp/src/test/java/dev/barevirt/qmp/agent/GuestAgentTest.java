package dev.barevirt.qmp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.qmp.FakeQemu;
import dev.barevirt.qmp.Until;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The dialect against an agent that is slow, restarted, or hostile. */
final class GuestAgentTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private final WireLoop loop = WireLoop.start("test");
  private final FakeQemu guest;

  GuestAgentTest() throws Exception {
    guest = FakeQemu.startAgent();
    guest.answering("guest-ping", "{}");
  }

  @AfterEach
  void close() {
    guest.close();
    loop.close();
  }

  private GuestAgent connect() {
    return GuestAgent.connect(loop, guest.socket(), WireSettings.agent());
  }

  @Test
  void synchronisesOnceAndThenAsks() throws Exception {
    try (GuestAgent agent = connect()) {
      agent.ping(SOON);
      agent.ping(SOON);

      assertThat(guest.names()).containsExactly("guest-sync-delimited", "guest-ping", "guest-ping");
      assertThat(guest.received().get(1).at("id").isPresent()).isFalse();
    }
  }

  @Test
  void readsWordsThatComeByteByByte() throws Exception {
    guest.byteByByte().answering("guest-get-host-name", "{\"host-name\": \"vm-ü\"}");
    try (GuestAgent agent = connect()) {
      assertThat(agent.hostName(SOON)).isEqualTo("vm-ü");
    }
  }

  @Test
  void leftoversOfAnEarlierConversationAreIgnored() throws Exception {
    guest.on(
        "guest-sync-delimited",
        call -> {
          call.say("{\"return\": 99}\n{\"return\": {\"half an obj");
          call.say(new byte[] {(byte) 0xFF});
          call.reply(call.arguments().at("id").toString());
        });
    guest.answering("guest-get-host-name", "{\"host-name\": \"vm\"}");
    try (GuestAgent agent = connect()) {
      assertThat(agent.hostName(SOON)).isEqualTo("vm");
    }
  }

  @Test
  void lateAnswerIsNotTakenForTheNextOne() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    guest.on("guest-get-host-name", FakeQemu.afterwards(release, "{\"host-name\": \"too late\"}"));
    guest.answering("guest-get-timezone", "{\"offset\": 3600, \"zone\": \"CET\"}");
    try (GuestAgent agent = connect()) {
      agent.ping(SOON);
      assertThatThrownBy(() -> agent.hostName(AT_ONCE)).isInstanceOf(WireException.TimedOut.class);
      release.countDown();

      assertThat(agent.timezone(SOON)).isEqualTo(new Timezone("CET", 3600));
    }
  }

  @Test
  void absentAgentCostsItsDeadlineAndNoMore() throws Exception {
    guest.on("guest-sync-delimited", _ -> {});
    try (GuestAgent agent = connect()) {
      assertThatThrownBy(() -> agent.ping(AT_ONCE))
          .isInstanceOfSatisfying(
              WireException.TimedOut.class, e -> assertThat(e.sent()).isFalse());
      guest.on(
          "guest-sync-delimited",
          call -> {
            call.say(new byte[] {(byte) 0xFF});
            call.reply(call.arguments().at("id").toString());
          });

      agent.ping(SOON);
    }
  }

  @Test
  void commandsTakeTurns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    guest.on("guest-get-host-name", FakeQemu.afterwards(release, "{\"host-name\": \"vm\"}"));
    try (GuestAgent agent = connect()) {
      FutureTask<String> first = new FutureTask<>(() -> agent.hostName(SOON));
      Thread.ofVirtual().start(first);
      Until.holds("the first came", () -> guest.names().contains("guest-get-host-name"));

      assertThatThrownBy(() -> agent.ping(AT_ONCE))
          .isInstanceOfSatisfying(
              WireException.TimedOut.class, e -> assertThat(e.sent()).isFalse());
      release.countDown();

      assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("vm");
      assertThat(guest.names()).doesNotContain("guest-ping");
    }
  }

  @Test
  void answerBeyondTheLimitFailsOnlyItsCall() throws Exception {
    guest.answering("guest-get-host-name", FakeQemu.big(2 << 20).text());
    try (GuestAgent agent = connect()) {
      assertThatThrownBy(() -> agent.hostName(SOON)).isInstanceOf(WireException.Malformed.class);
      agent.ping(SOON);
    }
  }

  @Test
  void nonsenseFailsOnlyItsCall() throws Exception {
    for (String nonsense : List.of("]", "[]", "{\"re", "{\"return\": " + "[".repeat(5000))) {
      guest.on("guest-get-host-name", call -> call.say(nonsense + "\n"));
      try (GuestAgent agent = connect()) {
        assertThatThrownBy(() -> agent.hostName(SOON))
            .as(nonsense.substring(0, Math.min(20, nonsense.length())))
            .isInstanceOf(WireException.Malformed.class);
        agent.ping(SOON);
      }
    }
  }

  @Test
  void thousandsOfInterfacesAreCut() throws Exception {
    StringBuilder many = new StringBuilder("[");
    for (int i = 0; i < 5000; i++) {
      many.append("{\"name\": \"eth").append(i).append("\"},");
    }
    guest.answering("guest-network-get-interfaces", many + "{}]");
    try (GuestAgent agent = connect()) {
      assertThat(agent.networkInterfaces(SOON)).hasSize(256);
    }
  }

  @Test
  void longTextsAreCut() throws Exception {
    guest.answering("guest-get-host-name", "{\"host-name\": \"" + "h".repeat(100_000) + "\"}");
    try (GuestAgent agent = connect()) {
      assertThat(agent.hostName(SOON)).hasSize(4096);
    }
  }

  @Test
  void programRunsWithInputAndOutput() throws Exception {
    guest.answering("guest-exec", "{\"pid\": 4711}");
    guest.answering(
        "guest-exec-status",
        "{\"exited\": true, \"exitcode\": 3, \"out-data\": \"aGk=\", \"err-data\": \"\"}");
    try (GuestAgent agent = connect()) {
      ExecRequest request =
          new ExecRequest("/bin/cat", List.of("-n"), List.of("A=b"), Bytes.of("hello"), true);

      long pid = agent.exec(request, SOON);
      ExecStatus status = agent.execStatus(pid, SOON);

      assertThat(status)
          .isEqualTo(new ExecStatus(true, 3, null, Bytes.of("hi"), Bytes.NONE, false));
      Json sent = guest.received().get(1).at("arguments");
      assertThat(sent.toString())
          .isEqualTo(
              "{\"path\":\"/bin/cat\",\"arg\":[\"-n\"],\"capture-output\":true,"
                  + "\"env\":[\"A=b\"],\"input-data\":\"aGVsbG8=\"}");
    }
  }

  @Test
  void outputThatIsNoBase64IsRefused() throws Exception {
    guest.answering("guest-exec-status", "{\"exited\": true, \"out-data\": \"%%%\"}");
    try (GuestAgent agent = connect()) {
      assertThatThrownBy(() -> agent.execStatus(1, SOON))
          .isInstanceOf(WireException.Malformed.class);
    }
  }

  @Test
  void shutdownThatIsObeyedIsNotAnswered() throws Exception {
    guest.on("guest-shutdown", _ -> {});
    try (GuestAgent agent = connect()) {
      agent.ping(SOON);
      agent.shutdown(ShutdownMode.POWERDOWN, Duration.ofSeconds(2));

      assertThat(guest.received().getLast().at("arguments").at("mode").text())
          .isEqualTo("powerdown");
    }
  }

  @Test
  void shutdownThatIsRefusedIsAnError() throws Exception {
    guest.on("guest-shutdown", call -> call.refuse("GenericError", "disabled"));
    try (GuestAgent agent = connect()) {
      assertThatThrownBy(() -> agent.shutdown(ShutdownMode.HALT, SOON))
          .isInstanceOf(WireException.Refused.class);
    }
  }

  @Test
  void agentThatHangsUpIsDisconnected() throws Exception {
    guest.on("guest-get-users", FakeQemu.Call::hangUp);
    try (GuestAgent agent = connect()) {
      assertThatThrownBy(() -> agent.users(SOON)).isInstanceOf(WireException.Disconnected.class);
    }
  }

  @Test
  void readsWhatTheGuestTellsOfItself() throws Exception {
    guest.answering(
        "guest-info",
        "{\"version\": \"7.2\", \"supported_commands\": [{\"name\": \"guest-exec\", "
            + "\"enabled\": false, \"success-response\": true}]}");
    guest.answering("guest-get-osinfo", "{\"id\": \"debian\", \"version-id\": \"13\"}");
    guest.answering("guest-fsfreeze-status", "\"frozen\"");
    guest.answering("guest-fsfreeze-thaw", "2");
    guest.answering("guest-ssh-get-authorized-keys", "{\"keys\": [\"ssh-ed25519 A\"]}");
    guest.answering(
        "guest-get-fsinfo",
        "[{\"name\": \"vda1\", \"mountpoint\": \"/\", \"type\": \"ext4\", \"used-bytes\": 7, "
            + "\"disk\": [{\"bus-type\": \"virtio\", \"dev\": \"/dev/vda1\"}]}]");
    try (GuestAgent agent = connect()) {
      assertThat(agent.info(SOON).offers("guest-exec")).isFalse();
      assertThat(agent.info(SOON).supportedCommands()).hasSize(1);
      assertThat(agent.osInfo(SOON).versionId()).isEqualTo("13");
      assertThat(agent.freezeState(SOON)).isEqualTo(FreezeState.FROZEN);
      assertThat(agent.thaw(SOON)).isEqualTo(2);
      assertThat(agent.authorizedKeys("root", SOON)).containsExactly("ssh-ed25519 A");
      Filesystem root = agent.filesystems(SOON).getFirst();
      assertThat(root.usedBytes()).isEqualTo(7);
      assertThat(root.totalBytes()).isNull();
      assertThat(root.disk().getFirst().busType()).isEqualTo("virtio");
    }
  }
}
