package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.launcher.cli.live.Contract;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;
import java.util.Optional;

/** Waits for a machine to end. */
final class Ending {
  private Ending() {}

  /**
   * Waits for the end, for ever if need be. The connection must be new: it is made a subscription.
   */
  static GuestReport await(MachineStatus machine, Resident resident) throws InterruptedException {
    return await(machine, resident, Duration.ofDays(3650));
  }

  /** Waits for the end, but not longer than that. */
  static GuestReport await(MachineStatus machine, Resident resident, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    GuestReport report = subscribe(machine, resident);
    try {
      while (!report.phase().isFinal()) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        Optional<LauncherEvent> event = resident.next(left);
        if (event.isEmpty()) {
          throw CliFailure.of(
                  ExitCode.TIMEOUT,
                  "machine '"
                      + machine.name()
                      + "' has not ended after "
                      + patience.toSeconds()
                      + " s")
              .advising("'launcher stop --force " + machine.name() + "' ends it at once");
        }
        if (event.get() instanceof LauncherEvent.ReportChanged changed) {
          report = changed.report();
        }
      }
      return report;
    } catch (WireException.Disconnected e) {
      return report; // it said its last word before it ended; the state directory has it
    }
  }

  /**
   * A quick guest and its launcher are gone before anybody listens: then the last report counts.
   */
  private static GuestReport subscribe(MachineStatus machine, Resident resident)
      throws InterruptedException {
    try {
      return resident.subscribe();
    } catch (WireException.Disconnected e) {
      return Contract.readReport(machine.directory().report()).orElseThrow(() -> e);
    }
  }
}
