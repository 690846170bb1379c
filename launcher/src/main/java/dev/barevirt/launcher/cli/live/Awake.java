package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;

/** Nothing in a paused guest can answer, so whoever wants an answer is told at once. */
public final class Awake {
  private Awake() {}

  /** Refuses a machine whose processors stand still. */
  public static void require(MachineStatus machine, Resident resident) throws InterruptedException {
    GuestReport now = resident.call(new LauncherCommand.Report());
    if (now.phase() == GuestPhase.PAUSED) {
      throw CliFailure.of(
              ExitCode.CONFLICT,
              "machine '" + machine.name() + "' is paused: nothing in it can answer")
          .advising("'launcher unpause " + machine.name() + "' lets it go on");
    }
  }
}
