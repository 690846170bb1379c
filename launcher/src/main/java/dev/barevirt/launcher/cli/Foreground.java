package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.Contract;
import dev.barevirt.launcher.cli.live.GuestEnd;
import dev.barevirt.launcher.cli.live.GuestProgram;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.live.Waits;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.cli.term.Console;
import dev.barevirt.launcher.cli.term.Interrupts;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A machine that was started to be watched: until it ends, or its user has seen enough. */
final class Foreground {
  private static final Duration GONE = Duration.ofMinutes(1);

  private final Session session;
  private final Machines machines;
  private final MachineStatus machine;
  private final Resident resident;

  Foreground(Session session, Machines machines, MachineStatus machine, Resident resident) {
    this.session = session;
    this.machines = machines;
    this.machine = machine;
    this.resident = resident;
  }

  /** Shows the console, or nothing, until the end. */
  int watch(boolean console, boolean remove) throws InterruptedException {
    var asked = new AtomicInteger();
    GuestReport last;
    try (Interrupts _ = Interrupts.listen(_ -> ask(asked.incrementAndGet()))) {
      if (console && show() == Console.End.LEFT) {
        if (remove) {
          machine.directory().goWhenItEnds();
        }
        session.out().note(goesOn(remove));
        return Action.DONE;
      }
      last = ended();
    }
    return conclude(last, remove);
  }

  private String goesOn(boolean remove) {
    String name = machine.name();
    return "'%s' goes on: 'launcher console %s' comes back, 'launcher stop %s' ends %s"
        .formatted(name, name, name, remove ? "and deletes it" : "it");
  }

  private Console.End show() throws InterruptedException {
    try {
      return new ConsoleView(session, resident).attach(machine.name(), true, null);
    } catch (WireException.Refused | WireException.Disconnected | WireException.Unreachable e) {
      return Console.End.CLOSED; // a guest that has ended before anybody could look
    }
  }

  /** Runs one command in the guest and then ends the machine. */
  int exec(String command, boolean remove) throws InterruptedException {
    var asked = new AtomicInteger();
    int code;
    GuestReport last;
    try (Interrupts _ = Interrupts.listen(_ -> ask(asked.incrementAndGet()))) {
      try (Progress _ = session.progress("waiting for the guest agent")) {
        Waits.await(machine, resident, new Waits.Condition.Agent(), session.timeout(Waits.USUAL));
      }
      var program = new GuestProgram(resident, List.of("/bin/sh", "-c", command), new byte[0]);
      code = new ProgramOutput(session.out()).print(program.run(session.timeout(Waits.USUAL)));
      resident.call(new LauncherCommand.Shutdown(null));
      last = ended();
    }
    int conclusion = conclude(last, remove);
    return code != 0 ? code : conclusion;
  }

  private GuestReport ended() throws InterruptedException {
    GuestReport report = Ending.await(machine, resident);
    machines.awaitGone(machine, GONE);
    // The file is whole even when the launcher had no time to send its last report.
    return Contract.readReport(machine.directory().report())
        .filter(written -> written.sequence() >= report.sequence())
        .orElse(report);
  }

  private int conclude(GuestReport last, boolean remove) {
    Optional<CliFailure> failure = GuestEnd.failure(machine.name(), last);
    if (remove) {
      machines.delete(machine.name());
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return Action.DONE;
  }

  /** The first wish to end is a polite one, the third is not. */
  private void ask(int times) {
    try {
      switch (times) {
        case 1 -> {
          session
              .out()
              .note("asking '" + machine.name() + "' to switch itself off; again: end QEMU");
          resident.call(new LauncherCommand.Shutdown(null));
        }
        case 2 -> {
          session.out().note("ending QEMU; again: kill it");
          resident.call(new LauncherCommand.Kill(false));
        }
        default -> resident.call(new LauncherCommand.Kill(true));
      }
    } catch (WireException e) {
      // It is ending already, which is what was asked for.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
