package dev.barevirt.launcher.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class GuestControllerTest {
  private final ManualTicker ticker = new ManualTicker();
  private final FakeMachine machine = new FakeMachine();
  private final GuestController guest = new GuestController(machine, ticker);

  @AfterEach
  void close() {
    guest.close();
  }

  /** Whatever was posted to the mailbox before is done, deadlines are armed. */
  private void settle() throws InterruptedException {
    settle(guest);
  }

  private static void settle(GuestController guest) throws InterruptedException {
    guest.subscribe(_ -> {});
  }

  @Test
  void startsAndRuns() throws InterruptedException {
    GuestReport report = guest.start(Orders.boot());
    assertThat(report.phase()).isEqualTo(GuestPhase.RUNNING);
    assertThat(report.startedAt()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(machine.next()).isEqualTo("run");
  }

  @Test
  void refusesASecondStart() throws InterruptedException {
    guest.start(Orders.boot());
    assertThatThrownBy(() -> guest.start(Orders.boot()))
        .isInstanceOf(GuestException.class)
        .hasMessage("cannot start the guest: it is running");
  }

  @Test
  void saysWhyAStartFailed() {
    try (GuestController failing = new GuestController(FakeMachine.refusing("no disk"), ticker)) {
      assertThatThrownBy(() -> failing.start(Orders.boot())).hasMessage("no disk");
      assertThat(failing.report().phase()).isEqualTo(GuestPhase.FAILED);
      assertThat(failing.report().reason()).isEqualTo(GuestReason.START_FAILED);
      assertThat(failing.report().message()).isEqualTo("no disk");
    }
  }

  @Test
  void climbsTheLadderOfAnEnd() throws InterruptedException {
    guest.start(Orders.boot());
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
    guest.start(Orders.boot());
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
    guest.start(Orders.boot());
    machine.listener().exited(new QemuExit(0, null, List.of(), false));
    assertThat(guest.awaitEnd().phase()).isEqualTo(GuestPhase.FAILED);
    assertThat(guest.start(Orders.boot()).phase()).isEqualTo(GuestPhase.RUNNING);
  }

  @Test
  void callsAMachineThatCannotBeTakenUpAgainUnknown() {
    try (GuestController failing = new GuestController(FakeMachine.refusing("gone"), ticker)) {
      assertThatThrownBy(() -> failing.start(Orders.adopt())).hasMessage("gone");
      assertThat(failing.report().reason()).isEqualTo(GuestReason.UNKNOWN);
    }
  }

  @Test
  void hearsWhatAMachineSaysBeforeItsStartIsDoneAfterIt() throws InterruptedException {
    FakeMachine hasty =
        new FakeMachine() {
          @Override
          public GuestMachine start(StartOrder order, MachineListener told) {
            told.news(new GuestNews.Panicked("oops"));
            told.exited(new QemuExit(0, null, List.of(), false));
            return super.start(order, told);
          }
        };
    try (GuestController watching = new GuestController(hasty, ticker)) {
      watching.start(Orders.boot());
      assertThat(watching.awaitEnd().reason()).isEqualTo(GuestReason.GUEST_PANIC);
      assertThat(List.of(hasty.next(), hasty.next())).containsExactlyInAnyOrder("run", "clean up");
    }
  }

  @Test
  void endsAMachineWhoseProcessorsCannotBeStarted() throws InterruptedException {
    FakeMachine stuck =
        new FakeMachine() {
          @Override
          public void run() {
            throw GuestException.failed("no more vCPUs");
          }
        };
    try (GuestController watching = new GuestController(stuck, ticker)) {
      watching.start(Orders.boot());
      assertThat(stuck.next()).isEqualTo("kill");
      stuck.listener().exited(new QemuExit(null, 9, List.of(), false));
      GuestReport end = watching.awaitEnd();
      assertThat(end.reason()).isEqualTo(GuestReason.START_FAILED);
      assertThat(end.message())
          .isEqualTo("the guest's processors could not be started: no more vCPUs");
    }
  }

  @Test
  void givesUpAStartThatIsNotWantedAnyMore() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    MachineStarter endless =
        (_, _) -> {
          begun.countDown();
          new CountDownLatch(1).await();
          throw new AssertionError("nobody counts this down");
        };
    try (GuestController waiting = new GuestController(endless, ticker)) {
      Thread asking = Thread.ofVirtual().start(() -> attemptToStart(waiting));
      begun.await();
      settle(waiting);
      waiting.kill(false);
      asking.join();
      assertThat(waiting.awaitEnd().reason()).isEqualTo(GuestReason.KILLED);
    }
  }

  private static void attemptToStart(GuestController guest) {
    try {
      guest.start(Orders.boot());
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Test
  void tellsNothingMoreToWhoeverCannotBeTold() throws InterruptedException {
    LinkedBlockingQueue<LauncherEvent> told = new LinkedBlockingQueue<>();
    guest.subscribe(
        event -> {
          told.add(event);
          throw new IllegalStateException("gone");
        });
    guest.start(Orders.boot());
    settle();
    assertThat(told).hasSize(1);
  }
}
