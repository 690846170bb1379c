package dev.barevirt.launcher.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.FakeQemu;
import dev.barevirt.qmp.Until;
import dev.barevirt.qmp.agent.GuestAgent;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the agent in a guest is thought to be there. */
final class AgentLinkTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private final WireLoop loop = WireLoop.start("agent");
  private final FakeQemu guest;
  private final AtomicBoolean opened = new AtomicBoolean();
  private final AtomicInteger asked = new AtomicInteger();

  AgentLinkTest() throws Exception {
    guest = FakeQemu.startAgent();
    guest.answering("guest-info", "{\"version\": \"7.2\", \"supported_commands\": []}");
    guest.answering("guest-get-host-name", "{\"host-name\": \"vm\"}");
  }

  @AfterEach
  void close() {
    guest.close();
    loop.close();
  }

  private AgentLink link(Duration patience) {
    GuestAgent agent = GuestAgent.connect(loop, guest.socket(), WireSettings.agent());
    return new AgentLink(agent, this::isOpen, patience, () -> {}, _ -> {});
  }

  private boolean isOpen() {
    asked.incrementAndGet();
    return opened.get();
  }

  @Test
  void qemuIsAskedWhenSomebodyWantsTheAgent() throws Exception {
    try (AgentLink link = link(SOON)) {
      assertThatThrownBy(link::info)
          .isInstanceOf(GuestException.class)
          .hasMessage("the guest cannot be asked to tell about itself: no agent runs in it");
      opened.set(true);
      assertThat(link.info().hostname()).isEqualTo("vm");
      assertThat(asked).hasValue(2);
      assertThat(link.isUp()).isTrue();
      assertThat(asked).as("once it is there, events tell of it").hasValue(2);
    }
  }

  @Test
  void anAgentThatWentIsFoundAgainWithoutAnEvent() throws Exception {
    try (AgentLink link = link(SOON)) {
      link.changed(true);
      Until.holds("the agent is known", () -> link.last().connected());
      link.changed(false);
      assertThat(link.last().connected()).isFalse();
      opened.set(true);
      assertThat(link.isUp()).isTrue();
      Until.holds("the agent is known again", () -> link.last().connected());
    }
  }

  @Test
  void anAgentThatOpensItsPortLongBeforeItAnswersIsWaitedFor() throws Exception {
    AtomicInteger questions = new AtomicInteger();
    guest.on(
        "guest-sync-delimited",
        call -> {
          if (questions.incrementAndGet() > 3) {
            call.say(new byte[] {(byte) 0xFF});
            call.reply(call.arguments().at("id").toString());
          }
        });
    try (AgentLink link = link(AT_ONCE)) {
      link.changed(true);
      Until.holds("the agent is known", () -> link.last().connected());
      assertThat(questions).hasValueGreaterThan(3);
    }
  }

  @Test
  void aGuestWithoutAPortIsNotAskedAbout() {
    AgentLink none = new AgentLink(null, this::isOpen, SOON, () -> {}, _ -> {});
    assertThatThrownBy(none::info).hasMessageContaining("no agent runs in it");
    assertThat(asked).hasValue(0);
  }
}
