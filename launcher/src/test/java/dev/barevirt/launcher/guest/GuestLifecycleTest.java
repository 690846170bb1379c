package dev.barevirt.launcher.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.launcher.guest.GuestEffect.Arm;
import dev.barevirt.launcher.guest.GuestInput.DeadlinePassed;
import dev.barevirt.launcher.guest.GuestInput.KillRequested;
import dev.barevirt.launcher.guest.GuestInput.MachineFailed;
import dev.barevirt.launcher.guest.GuestInput.MachineStarted;
import dev.barevirt.launcher.guest.GuestInput.QemuExited;
import dev.barevirt.launcher.guest.GuestInput.QemuSaid;
import dev.barevirt.launcher.guest.GuestInput.Saved;
import dev.barevirt.launcher.guest.GuestInput.ShutdownRequested;
import dev.barevirt.launcher.guest.GuestInput.StartRequested;
import dev.barevirt.launcher.guest.GuestNews.WatchdogAction;
import dev.barevirt.launcher.guest.GuestState.Ended;
import dev.barevirt.launcher.guest.GuestState.Idle;
import dev.barevirt.launcher.guest.GuestState.Omen;
import dev.barevirt.launcher.guest.GuestState.Paused;
import dev.barevirt.launcher.guest.GuestState.Running;
import dev.barevirt.launcher.guest.GuestState.Stage;
import dev.barevirt.launcher.guest.GuestState.Starting;
import dev.barevirt.launcher.guest.GuestState.Stopping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GuestLifecycleTest {
  private static final GuestState RUNNING = new Running(null);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static QemuExit exit(int status) {
    return new QemuExit(status, null, List.of(), false);
  }

  private static QemuExit signalled(int signal) {
    return new QemuExit(null, signal, List.of(), false);
  }

  private static GuestInput said(GuestNews news) {
    return new QemuSaid(news);
  }

  private static GuestState after(GuestState from, GuestInput... inputs) {
    GuestState state = from;
    for (GuestInput input : inputs) {
      state = GuestLifecycle.next(state, input).state();
    }
    return state;
  }

  static Stream<GuestState> states() {
    List<GuestState> states = new ArrayList<>();
    states.add(new Idle());
    states.add(new Starting(null));
    states.add(new Starting(GuestReason.KILLED));
    Omen panic = new Omen(GuestReason.GUEST_PANIC, "oops");
    states.add(RUNNING);
    states.add(new Running(panic));
    states.add(new Paused(GuestReason.PAUSED_BY_USER, null, null));
    states.add(new Paused(GuestReason.IO_ERROR, "disk", null));
    states.add(new Paused(GuestReason.GUEST_PANIC, null, panic));
    for (Stage stage : Stage.values()) {
      states.add(new Stopping(stage, GuestReason.SHUTDOWN_REQUESTED, null));
      states.add(new Stopping(stage, GuestReason.KILLED, panic));
    }
    states.add(new Ended(GuestPhase.SUCCEEDED, GuestReason.GUEST_SHUTDOWN, null));
    states.add(new Ended(GuestPhase.FAILED, GuestReason.QEMU_CRASH, "gone"));
    return states.stream();
  }

  static List<GuestInput> inputs() {
    List<GuestInput> inputs = new ArrayList<>();
    inputs.add(new StartRequested(Orders.boot()));
    inputs.add(new MachineStarted(null));
    inputs.add(new MachineStarted(GuestReason.STARTED_PAUSED));
    inputs.add(new MachineFailed(GuestReason.START_FAILED, "no"));
    inputs.add(new ShutdownRequested(GRACE));
    inputs.add(new ShutdownRequested(Duration.ZERO));
    inputs.add(new KillRequested(false));
    inputs.add(new KillRequested(true));
    inputs.add(new Saved());
    inputs.add(said(new GuestNews.Stopped()));
    inputs.add(said(new GuestNews.Resumed()));
    inputs.add(said(new GuestNews.WasReset(true)));
    inputs.add(said(new GuestNews.Panicked(null)));
    for (WatchdogAction action : WatchdogAction.values()) {
      inputs.add(said(new GuestNews.WatchdogFired(action)));
    }
    inputs.add(said(new GuestNews.IoFailed("vda", "no space", true)));
    inputs.add(said(new GuestNews.IoFailed("vda", "no space", false)));
    for (ShutdownCause cause : ShutdownCause.values()) {
      inputs.add(said(new GuestNews.ShutsDown(cause)));
    }
    inputs.add(new QemuExited(exit(0)));
    inputs.add(new QemuExited(exit(1)));
    inputs.add(new QemuExited(signalled(9)));
    inputs.add(new QemuExited(signalled(11)));
    inputs.add(new QemuExited(new QemuExit(null, 9, List.of(), true)));
    inputs.add(new QemuExited(QemuExit.unseen(List.of(), false)));
    Arrays.stream(Deadline.values()).map(DeadlinePassed::new).forEach(inputs::add);
    return inputs;
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyInputKeepsTheRulesOfEveryLife(GuestState state) {
    for (GuestInput input : inputs()) {
      Step step = GuestLifecycle.next(state, input);
      GuestPhase from = state.phase();
      GuestPhase to = step.state().phase();

      if (!from.isAlive()) {
        boolean starts = input instanceof StartRequested;
        assertThat(to).as("%s in %s", input, state).isEqualTo(starts ? GuestPhase.STARTING : from);
      }
      if (from == GuestPhase.STOPPING) {
        assertThat(to)
            .as("%s in %s", input, state)
            .isIn(from, GuestPhase.SUCCEEDED, GuestPhase.FAILED);
      }
      if (input instanceof QemuExited && from.isAlive()) {
        assertThat(to.isFinal()).as("%s in %s", input, state).isTrue();
      }
      if (to.isFinal() && from.isAlive()) {
        assertThat(step.state().reason()).isNotNull();
        assertThat(step.effects()).contains(new GuestEffect.CleanUp(), new GuestEffect.Disarm());
      }
      if (to == GuestPhase.STOPPING && from != GuestPhase.STOPPING) {
        assertThat(step.effects())
            .as("an end that was asked for has a deadline: %s in %s", input, state)
            .anyMatch(Arm.class::isInstance);
      }
    }
  }

  @Test
  void guestThatSwitchesItselfOffSucceeds() {
    GuestState end =
        after(
            RUNNING,
            said(new GuestNews.ShutsDown(ShutdownCause.GUEST_SHUTDOWN)),
            new QemuExited(exit(0)));
    assertThat(end).isEqualTo(new Ended(GuestPhase.SUCCEEDED, GuestReason.GUEST_SHUTDOWN, null));
  }

  @Test
  void guestThatResetsUnderTerminatingRebootPolicySucceeds() {
    GuestState end =
        after(
            RUNNING,
            said(new GuestNews.ShutsDown(ShutdownCause.GUEST_RESET)),
            new QemuExited(exit(0)));
    assertThat(end.reason()).isEqualTo(GuestReason.GUEST_RESET);
    assertThat(end.phase()).isEqualTo(GuestPhase.SUCCEEDED);
  }

  @Test
  void panicExplainsTheEndThatFollows() {
    GuestState end =
        after(
            RUNNING,
            said(new GuestNews.Panicked("fatal exception")),
            said(new GuestNews.Stopped()),
            said(new GuestNews.ShutsDown(ShutdownCause.GUEST_PANIC)),
            new QemuExited(exit(0)));
    assertThat(end)
        .isEqualTo(new Ended(GuestPhase.FAILED, GuestReason.GUEST_PANIC, "fatal exception"));
  }

  @Test
  void panicThatPausesIsTheReasonOfThePause() {
    GuestState paused =
        after(RUNNING, said(new GuestNews.Panicked(null)), said(new GuestNews.Stopped()));
    assertThat(paused.phase()).isEqualTo(GuestPhase.PAUSED);
    assertThat(paused.reason()).isEqualTo(GuestReason.GUEST_PANIC);
    assertThat(after(paused, new ShutdownRequested(GRACE), new QemuExited(exit(0))).reason())
        .isEqualTo(GuestReason.GUEST_PANIC);
  }

  @Test
  void watchdogThatPowersOffExplainsAnExitWithoutWords() {
    GuestState end =
        after(
            RUNNING,
            said(new GuestNews.WatchdogFired(WatchdogAction.POWEROFF)),
            new QemuExited(exit(0)));
    assertThat(end.reason()).isEqualTo(GuestReason.WATCHDOG);
    assertThat(end.phase()).isEqualTo(GuestPhase.FAILED);
  }

  @Test
  void watchdogThatResetsIsForgottenWithTheReset() {
    GuestState end =
        after(
            RUNNING,
            said(new GuestNews.WatchdogFired(WatchdogAction.RESET)),
            said(new GuestNews.WasReset(false)),
            said(new GuestNews.ShutsDown(ShutdownCause.GUEST_SHUTDOWN)),
            new QemuExited(exit(0)));
    assertThat(end.reason()).isEqualTo(GuestReason.GUEST_SHUTDOWN);
  }

  @Test
  void signalFromTheHostIsNotAnEndSomebodyWanted() {
    GuestState end =
        after(
            RUNNING, said(new GuestNews.ShutsDown(ShutdownCause.SIGNAL)), new QemuExited(exit(0)));
    assertThat(end.reason()).isEqualTo(GuestReason.HOST_SIGNAL);
    assertThat(end.phase()).isEqualTo(GuestPhase.FAILED);
  }

  @Test
  void exitWithoutAWordIsACrash() {
    GuestState end =
        after(RUNNING, new QemuExited(new QemuExit(null, 11, List.of("a", "b"), false)));
    assertThat(end)
        .isEqualTo(
            new Ended(GuestPhase.FAILED, GuestReason.QEMU_CRASH, "QEMU ended by signal 11: a; b"));
  }

  @Test
  void killByAStrangerIsToldFromAKillForMemory() {
    assertThat(after(RUNNING, new QemuExited(signalled(9))).reason())
        .isEqualTo(GuestReason.HOST_KILL);
    assertThat(after(RUNNING, new QemuExited(new QemuExit(null, 9, List.of(), true))).reason())
        .isEqualTo(GuestReason.OUT_OF_MEMORY);
  }

  @Test
  void killOfOursIsOurs() {
    GuestState end = after(RUNNING, new KillRequested(true), new QemuExited(signalled(9)));
    assertThat(end).isEqualTo(new Ended(GuestPhase.SUCCEEDED, GuestReason.KILLED, null));
  }

  @Test
  void ioErrorPausesWithItsReasonAndResumes() {
    GuestState paused =
        after(
            RUNNING,
            said(new GuestNews.IoFailed("vda", "no space left", true)),
            said(new GuestNews.Stopped()));
    assertThat(paused).isEqualTo(new Paused(GuestReason.IO_ERROR, "vda: no space left", null));
    assertThat(after(paused, said(new GuestNews.Resumed()))).isEqualTo(RUNNING);
  }

  @Test
  void shutdownPressesTwiceWaitsQuitsTerminatesAndKills() {
    Step asked = GuestLifecycle.next(RUNNING, new ShutdownRequested(GRACE));
    assertThat(asked.effects())
        .containsExactly(
            new GuestEffect.Powerdown(true),
            Arm.of(Deadline.SECOND_POWERDOWN),
            new Arm(Deadline.GRACE, GRACE));
    Step second = next(asked, Deadline.SECOND_POWERDOWN);
    assertThat(second.effects()).containsExactly(new GuestEffect.Powerdown(false));
    Step over = next(second, Deadline.GRACE);
    assertThat(over.effects())
        .containsExactly(new GuestEffect.Disarm(), new GuestEffect.Quit(), Arm.of(Deadline.LEAVE));
    Step late = next(over, Deadline.LEAVE);
    assertThat(late.effects())
        .containsExactly(new GuestEffect.Terminate(), Arm.of(Deadline.TERMINATE));
    Step later = next(late, Deadline.TERMINATE);
    assertThat(later.effects()).containsExactly(new GuestEffect.Kill(), Arm.of(Deadline.KILL));
    assertThat(after(later.state(), new QemuExited(signalled(9))).reason())
        .isEqualTo(GuestReason.GRACE_EXPIRED);
  }

  private static Step next(Step step, Deadline deadline) {
    return GuestLifecycle.next(step.state(), new DeadlinePassed(deadline));
  }

  @Test
  void pausedGuestIsLetLooseBeforeItIsAskedToShutDown() {
    Step step =
        GuestLifecycle.next(
            new Paused(GuestReason.PAUSED_BY_USER, null, null), new ShutdownRequested(GRACE));
    assertThat(step.effects().getFirst()).isEqualTo(new GuestEffect.Unpause());
  }

  @Test
  void guestThatFollowsAShutdownDidAsItWasTold() {
    GuestState end =
        after(
            RUNNING,
            new ShutdownRequested(GRACE),
            said(new GuestNews.ShutsDown(ShutdownCause.GUEST_SHUTDOWN)),
            new QemuExited(exit(0)));
    assertThat(end.reason()).isEqualTo(GuestReason.SHUTDOWN_REQUESTED);
  }

  @Test
  void crashInTheGracePeriodIsStillACrash() {
    GuestState end = after(RUNNING, new ShutdownRequested(GRACE), new QemuExited(signalled(6)));
    assertThat(end.reason()).isEqualTo(GuestReason.QEMU_CRASH);
  }

  @Test
  void guestBeginsToRunUnlessItIsToBePaused() {
    Step runs = GuestLifecycle.next(new Starting(null), new MachineStarted(null));
    assertThat(runs).isEqualTo(Step.to(RUNNING, new GuestEffect.Begin()));
    Step waits =
        GuestLifecycle.next(new Starting(null), new MachineStarted(GuestReason.STARTED_PAUSED));
    assertThat(waits).isEqualTo(Step.to(new Paused(GuestReason.STARTED_PAUSED, null, null)));
  }

  @Test
  void endAskedForWhileStartingGivesTheStartUp() {
    Step step = GuestLifecycle.next(new Starting(null), new KillRequested(false));
    assertThat(step.effects()).containsExactly(new GuestEffect.AbortStart());
    GuestState late = after(step.state(), new MachineStarted(null));
    assertThat(late.phase()).isEqualTo(GuestPhase.STOPPING);
    GuestState early = after(step.state(), new MachineFailed(GuestReason.START_FAILED, "given up"));
    assertThat(early.reason()).isEqualTo(GuestReason.KILLED);
  }

  @Test
  void savedGuestEndsAsSaved() {
    GuestState end =
        after(
            new Paused(GuestReason.PAUSED_BY_USER, null, null),
            new Saved(),
            said(new GuestNews.ShutsDown(ShutdownCause.QUIT)),
            new QemuExited(exit(0)));
    assertThat(end).isEqualTo(new Ended(GuestPhase.SUCCEEDED, GuestReason.SAVED, null));
  }

  @Test
  void endNobodySawIsSaidToBeUnknown() {
    assertThat(after(RUNNING, new QemuExited(QemuExit.unseen(List.of(), false))).reason())
        .isEqualTo(GuestReason.UNKNOWN);
  }
}
