package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.launcher.guest.GuestEffect.AbortStart;
import dev.barevirt.launcher.guest.GuestEffect.Arm;
import dev.barevirt.launcher.guest.GuestEffect.Begin;
import dev.barevirt.launcher.guest.GuestEffect.CleanUp;
import dev.barevirt.launcher.guest.GuestEffect.Disarm;
import dev.barevirt.launcher.guest.GuestEffect.Kill;
import dev.barevirt.launcher.guest.GuestEffect.Powerdown;
import dev.barevirt.launcher.guest.GuestEffect.Quit;
import dev.barevirt.launcher.guest.GuestEffect.StartMachine;
import dev.barevirt.launcher.guest.GuestEffect.Terminate;
import dev.barevirt.launcher.guest.GuestEffect.Unpause;
import dev.barevirt.launcher.guest.GuestInput.DeadlinePassed;
import dev.barevirt.launcher.guest.GuestInput.KillRequested;
import dev.barevirt.launcher.guest.GuestInput.MachineFailed;
import dev.barevirt.launcher.guest.GuestInput.MachineStarted;
import dev.barevirt.launcher.guest.GuestInput.QemuExited;
import dev.barevirt.launcher.guest.GuestInput.QemuSaid;
import dev.barevirt.launcher.guest.GuestInput.Saved;
import dev.barevirt.launcher.guest.GuestInput.ShutdownRequested;
import dev.barevirt.launcher.guest.GuestInput.StartRequested;
import dev.barevirt.launcher.guest.GuestState.Ended;
import dev.barevirt.launcher.guest.GuestState.Idle;
import dev.barevirt.launcher.guest.GuestState.Omen;
import dev.barevirt.launcher.guest.GuestState.Paused;
import dev.barevirt.launcher.guest.GuestState.Running;
import dev.barevirt.launcher.guest.GuestState.Stage;
import dev.barevirt.launcher.guest.GuestState.Starting;
import dev.barevirt.launcher.guest.GuestState.Stopping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table of a guest's life: each state with each input gives the next state and what is to be
 * done. Pure; an input that means nothing in a state leaves it as it is.
 */
public final class GuestLifecycle {

  private GuestLifecycle() {}

  /** What follows when this input comes in this state. */
  public static Step next(GuestState state, GuestInput input) {
    return switch (state) {
      case Idle idle -> withoutMachine(idle, input);
      case Ended ended -> withoutMachine(ended, input);
      case Starting starting -> starting(starting, input);
      case Running running -> alive(running, running.omen(), input);
      case Paused paused -> alive(paused, paused.omen(), input);
      case Stopping stopping -> stopping(stopping, input);
    };
  }

  private static Step withoutMachine(GuestState state, GuestInput input) {
    return switch (input) {
      case StartRequested(StartOrder order) -> Step.to(new Starting(null), new StartMachine(order));
      case MachineStarted _,
          MachineFailed _,
          ShutdownRequested _,
          KillRequested _,
          Saved _,
          QemuSaid _,
          QemuExited _,
          DeadlinePassed _ ->
          Step.to(state);
    };
  }

  private static Step starting(Starting state, GuestInput input) {
    return switch (input) {
      case MachineStarted _ when state.end() != null -> leave(state.end(), null);
      case MachineStarted(GuestReason pausedBecause) when pausedBecause != null ->
          Step.to(new Paused(pausedBecause, null, null));
      case MachineStarted _ -> Step.to(new Running(null), new Begin());
      case MachineFailed failed -> {
        GuestReason reason = state.end() == null ? failed.reason() : state.end();
        yield end(reason, failed.message());
      }
      case QemuExited exited -> end(GuestReason.START_FAILED, exited.exit().describe());
      case ShutdownRequested _, KillRequested _ ->
          Step.to(new Starting(GuestReason.KILLED), new AbortStart());
      case StartRequested _, Saved _, QemuSaid _, DeadlinePassed _ -> Step.to(state);
    };
  }

  /** Running or paused: they differ only in what QEMU must be told before it can shut down. */
  private static Step alive(GuestState state, @Nullable Omen omen, GuestInput input) {
    return switch (input) {
      case StartRequested _, MachineStarted _, DeadlinePassed _ -> Step.to(state);
      case MachineFailed failed ->
          Step.to(
              new Stopping(
                  Stage.KILLED, failed.reason(), new Omen(failed.reason(), failed.message())),
              new Disarm(),
              new Kill(),
              Arm.of(Deadline.KILL));
      case ShutdownRequested asked -> shutdown(state, omen, asked);
      case KillRequested kill -> kill(omen, kill);
      case Saved _ -> leave(GuestReason.SAVED, null);
      case QemuExited exited -> ended(omen, null, exited.exit());
      case QemuSaid said -> told(state, omen, said.news());
    };
  }

  private static Step shutdown(GuestState state, @Nullable Omen omen, ShutdownRequested asked) {
    if (omen != null && omen.reason() == GuestReason.GUEST_PANIC) {
      return leave(GuestReason.GUEST_PANIC, omen);
    }
    if (asked.grace().isZero()) {
      return leave(GuestReason.GRACE_EXPIRED, omen);
    }
    List<GuestEffect> effects = new ArrayList<>();
    if (state instanceof Paused) {
      effects.add(new Unpause());
    }
    effects.add(new Powerdown(true));
    effects.add(Arm.of(Deadline.SECOND_POWERDOWN));
    effects.add(new Arm(Deadline.GRACE, asked.grace()));
    return new Step(new Stopping(Stage.ASKED, GuestReason.SHUTDOWN_REQUESTED, omen), effects);
  }

  private static Step kill(@Nullable Omen omen, KillRequested kill) {
    return kill.force()
        ? Step.to(
            new Stopping(Stage.KILLED, GuestReason.KILLED, omen),
            new Disarm(),
            new Kill(),
            Arm.of(Deadline.KILL))
        : leave(GuestReason.KILLED, omen);
  }

  private static Step leave(GuestReason reason, @Nullable Omen omen) {
    return Step.to(
        new Stopping(Stage.LEAVING, reason, omen),
        new Disarm(),
        new Quit(),
        Arm.of(Deadline.LEAVE));
  }

  private static Step told(GuestState state, @Nullable Omen omen, GuestNews news) {
    return switch (news) {
      case GuestNews.Stopped _ ->
          Step.to(
              state instanceof Paused
                  ? state
                  : new Paused(whyStopped(omen), omen == null ? null : omen.message(), omen));
      case GuestNews.Resumed _ -> Step.to(state instanceof Running ? state : new Running(null));
      case GuestNews.WasReset _ ->
          Step.to(state instanceof Paused paused ? mended(paused) : new Running(null));
      case GuestNews.Panicked panicked ->
          Step.to(carrying(state, new Omen(GuestReason.GUEST_PANIC, panicked.message())));
      case GuestNews.WatchdogFired fired -> Step.to(watched(state, fired));
      case GuestNews.IoFailed failed ->
          Step.to(
              failed.stops()
                  ? new Paused(
                      GuestReason.IO_ERROR, failed.device() + ": " + failed.message(), omen)
                  : state);
      case GuestNews.ShutsDown down ->
          Step.to(
              new Stopping(Stage.LEAVING, named(down.cause()), omen),
              new Disarm(),
              Arm.of(Deadline.LEAVE));
    };
  }

  private static GuestReason whyStopped(@Nullable Omen omen) {
    return omen == null ? GuestReason.PAUSED_BY_USER : omen.reason();
  }

  /** A reset leaves the processors as they were, and what had happened before it behind. */
  private static Paused mended(Paused paused) {
    return switch (paused.reason()) {
      case GUEST_PANIC, WATCHDOG, IO_ERROR -> new Paused(GuestReason.PAUSED_BY_USER, null, null);
      case GUEST_SHUTDOWN,
          GUEST_RESET,
          SHUTDOWN_REQUESTED,
          GRACE_EXPIRED,
          KILLED,
          HOST_SIGNAL,
          HOST_KILL,
          QEMU_CRASH,
          OUT_OF_MEMORY,
          PAUSED_BY_USER,
          STARTED_PAUSED,
          SAVED,
          START_FAILED,
          UNKNOWN ->
          new Paused(paused.reason(), paused.message(), null);
    };
  }

  private static GuestState carrying(GuestState state, Omen omen) {
    return switch (state) {
      case Paused _ -> new Paused(omen.reason(), omen.message(), omen);
      case Running _ -> new Running(omen);
      case Stopping stopping -> new Stopping(stopping.stage(), stopping.reason(), omen);
      case Idle _, Starting _, Ended _ -> state;
    };
  }

  private static GuestState watched(GuestState state, GuestNews.WatchdogFired fired) {
    return switch (fired.action()) {
      case POWEROFF, PAUSE, RESET, SHUTDOWN ->
          carrying(state, new Omen(GuestReason.WATCHDOG, "the watchdog fired"));
      case OTHER -> state;
    };
  }

  private static GuestReason named(ShutdownCause cause) {
    return switch (cause) {
      case GUEST_SHUTDOWN -> GuestReason.GUEST_SHUTDOWN;
      case GUEST_RESET -> GuestReason.GUEST_RESET;
      case GUEST_PANIC -> GuestReason.GUEST_PANIC;
      case QUIT -> GuestReason.KILLED;
      case SIGNAL -> GuestReason.HOST_SIGNAL;
      case ERROR, OTHER -> GuestReason.QEMU_CRASH;
    };
  }

  private static Step stopping(Stopping state, GuestInput input) {
    return switch (input) {
      case StartRequested _, MachineStarted _, MachineFailed _ -> Step.to(state);
      case Saved _ -> leave(GuestReason.SAVED, state.omen());
      case ShutdownRequested asked ->
          state.stage() == Stage.ASKED
              ? Step.to(state, new Powerdown(true), new Arm(Deadline.GRACE, asked.grace()))
              : Step.to(state);
      case KillRequested kill -> hasten(state, kill);
      case QemuSaid said -> toldWhileStopping(state, said.news());
      case QemuExited exited -> ended(state.omen(), state, exited.exit());
      case DeadlinePassed passed -> late(state, passed.deadline());
    };
  }

  private static Step hasten(Stopping state, KillRequested kill) {
    boolean asked = state.stage() == Stage.ASKED;
    if (!kill.force() && !asked) {
      return Step.to(state);
    }
    GuestReason reason = asked ? GuestReason.KILLED : state.reason();
    return kill.force()
        ? Step.to(
            new Stopping(Stage.KILLED, reason, state.omen()),
            new Disarm(),
            new Kill(),
            Arm.of(Deadline.KILL))
        : leave(reason, state.omen());
  }

  private static Step toldWhileStopping(Stopping state, GuestNews news) {
    return switch (news) {
      case GuestNews.ShutsDown down when state.stage() == Stage.ASKED ->
          Step.to(
              new Stopping(Stage.LEAVING, followed(down.cause()), state.omen()),
              new Disarm(),
              Arm.of(Deadline.LEAVE));
      case GuestNews.ShutsDown _ -> Step.to(state);
      case GuestNews.Panicked panicked ->
          Step.to(carrying(state, new Omen(GuestReason.GUEST_PANIC, panicked.message())));
      case GuestNews.WatchdogFired fired -> Step.to(watched(state, fired));
      case GuestNews.Stopped _, GuestNews.Resumed _, GuestNews.WasReset _, GuestNews.IoFailed _ ->
          Step.to(state);
    };
  }

  /** A guest that ends in its grace period did as it was told, however it did it. */
  private static GuestReason followed(ShutdownCause cause) {
    return switch (cause) {
      case GUEST_SHUTDOWN, GUEST_RESET -> GuestReason.SHUTDOWN_REQUESTED;
      case GUEST_PANIC, QUIT, SIGNAL, ERROR, OTHER -> named(cause);
    };
  }

  private static Step late(Stopping state, Deadline deadline) {
    return switch (deadline) {
      case SECOND_POWERDOWN ->
          state.stage() == Stage.ASKED ? Step.to(state, new Powerdown(false)) : Step.to(state);
      case GRACE ->
          state.stage() == Stage.ASKED
              ? leave(GuestReason.GRACE_EXPIRED, state.omen())
              : Step.to(state);
      case LEAVE ->
          state.stage() == Stage.LEAVING
              ? Step.to(
                  new Stopping(Stage.TERMINATED, state.reason(), state.omen()),
                  new Terminate(),
                  Arm.of(Deadline.TERMINATE))
              : Step.to(state);
      case TERMINATE ->
          state.stage() == Stage.TERMINATED
              ? Step.to(
                  new Stopping(Stage.KILLED, state.reason(), state.omen()),
                  new Kill(),
                  Arm.of(Deadline.KILL))
              : Step.to(state);
      case KILL ->
          state.stage() == Stage.KILLED
              ? Step.to(state, new Kill(), Arm.of(Deadline.KILL))
              : Step.to(state);
    };
  }

  /** The best explanation of an end: an omen, then what was asked for, then how QEMU died. */
  private static Step ended(@Nullable Omen omen, @Nullable Stopping stopping, QemuExit exit) {
    if (exit.outOfMemory() && !exit.wasClean() && !(stopping != null && forced(stopping))) {
      return end(GuestReason.OUT_OF_MEMORY, exit.describe());
    }
    if (omen != null) {
      return end(omen.reason(), omen.message());
    }
    if (stopping == null) {
      return end(unannounced(exit), exit.describe());
    }
    return switch (stopping.stage()) {
      case ASKED -> end(unannounced(exit), exit.describe());
      case LEAVING, TERMINATED, KILLED ->
          exit.signal() == null || forced(stopping)
              ? end(stopping.reason(), null)
              : end(unannounced(exit), exit.describe());
    };
  }

  private static boolean forced(Stopping stopping) {
    return stopping.stage() == Stage.TERMINATED || stopping.stage() == Stage.KILLED;
  }

  private static GuestReason unannounced(QemuExit exit) {
    if (exit.wasKilled()) {
      return GuestReason.HOST_KILL;
    }
    return exit.wasUnseen() ? GuestReason.UNKNOWN : GuestReason.QEMU_CRASH;
  }

  private static Step end(GuestReason reason, @Nullable String message) {
    return Step.to(new Ended(counted(reason), reason, message), new Disarm(), new CleanUp());
  }

  private static GuestPhase counted(GuestReason reason) {
    return switch (reason) {
      case GUEST_SHUTDOWN, GUEST_RESET, SHUTDOWN_REQUESTED, GRACE_EXPIRED, KILLED, SAVED ->
          GuestPhase.SUCCEEDED;
      case GUEST_PANIC,
          WATCHDOG,
          HOST_SIGNAL,
          HOST_KILL,
          QEMU_CRASH,
          OUT_OF_MEMORY,
          IO_ERROR,
          PAUSED_BY_USER,
          STARTED_PAUSED,
          START_FAILED,
          UNKNOWN ->
          GuestPhase.FAILED;
    };
  }
}
