package dev.barevirt.launcher.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class GuestControllerTest {
  private final ManualTicker ticker = new ManualTicker();
  private final FakeMachine machine = new FakeMachine();
  private final GuestController guest = new GuestController(machine, ticker);

  private static StartOrder boot() {
    return new StartOrder.Boot(
        new GuestRequest(
            GuestRequest.VERSION,
            VirtualMachineInstance.EMPTY,
            List.of(),
            List.of(),
            null,
            List.of(),
            GuestOptions.DEFAULT));
  }

  @AfterEach
  void close() {
    guest.close();
  }

  /** Whatever was posted to the mailbox before is done, deadlines are armed. */
  private void settle() throws InterruptedException {
    guest.subscribe(_ -> {});
  }

  @Test
  void startsAndRuns() throws InterruptedException {
    GuestReport report = guest.start(boot());
    assertThat(report.phase()).isEqualTo(GuestPhase.RUNNING);
    assertThat(report.startedAt()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(machine.next()).isEqualTo("run");
  }

  @Test
  void refusesASecondStart() throws InterruptedException {
    guest.start(boot());
    assertThatThrownBy(() -> guest.start(boot()))
        .isInstanceOf(GuestException.class)
        .hasMessage("cannot start the guest: it is running");
  }

  @Test
  void saysWhyAStartFailed() {
    try (GuestController failing = new GuestController(FakeMachine.refusing("no disk"), ticker)) {
      assertThatThrownBy(() -> failing.start(boot())).hasMessage("no disk");
      assertThat(failing.report().phase()).isEqualTo(GuestPhase.FAILED);
      assertThat(failing.report().reason()).isEqualTo(GuestReason.START_FAILED);
      assertThat(failing.report().message()).isEqualTo("no disk");
    }
  }

  @Test
  void climbsTheLadderOfAnEnd() throws InterruptedException {
    guest.start(boot());
    MachineListener qemu = machine.listener();
    assertThat(machine.next()).isEqualTo("run");
    guest.shutdown(Duration.ofSeconds(3));
    assertThat(machine.next()).isEqualTo("powerdown through agent");
    settle();
    ticker.advance(Duration.ofSeconds(1));
    assertThat(machine.next()).isEqualTo("powerdown");
    settle();
    ticker.advance(Duration.ofSeconds(3));
    assertThat(machine.next()).isEqualTo("quit");
    guest.kill(true);
    assertThat(machine.next()).isEqualTo("kill");
    qemu.exited(new QemuExit(null, 9, List.of(), false));
    GuestReport end = guest.awaitEnd();
    assertThat(machine.next()).isEqualTo("clean up");
    assertThat(end.phase()).isEqualTo(GuestPhase.SUCCEEDED);
    assertThat(end.reason()).isEqualTo(GuestReason.GRACE_EXPIRED);
  }

  @Test
  void tellsSubscribersInOrder() throws InterruptedException {
    LinkedBlockingQueue<LauncherEvent> events = new LinkedBlockingQueue<>();
    GuestReport first = guest.subscribe(events::add);
    guest.start(boot());
    machine.listener().news(new GuestNews.Stopped());
    long last = first.sequence();
    GuestPhase phase = first.phase();
    while (phase != GuestPhase.PAUSED) {
      LauncherEvent event = events.take();
      long sequence =
          switch (event) {
            case LauncherEvent.Happened happened -> happened.sequence();
            case LauncherEvent.ReportChanged changed -> {
              phase = changed.report().phase();
              yield changed.report().sequence();
            }
          };
      assertThat(sequence).isGreaterThan(last);
      last = sequence;
    }
    assertThat(guest.report().reason()).isEqualTo(GuestReason.PAUSED_BY_USER);
  }

  @Test
  void refusesOperationsWithoutAGuest() {
    assertThatThrownBy(() -> guest.operations("pause the guest"))
        .hasMessage("cannot pause the guest: it is idle");
  }

  @Test
  void startsAgainAfterAnEnd() throws InterruptedException {
    guest.start(boot());
    machine.listener().exited(new QemuExit(0, null, List.of(), false));
    assertThat(guest.awaitEnd().phase()).isEqualTo(GuestPhase.FAILED);
    assertThat(guest.start(boot()).phase()).isEqualTo(GuestPhase.RUNNING);
  }
}
