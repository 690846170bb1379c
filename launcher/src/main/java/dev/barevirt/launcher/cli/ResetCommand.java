package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "reset",
    description = "Presses the reset button: the guest starts over at once, without being asked.",
    footer = {"  launcher reset web"})
final class ResetCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  ResetCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    try (Resident resident = machines.dial(machines.status(name))) {
      resident.call(new LauncherCommand.Reset());
    }
    session.out().note("reset '" + name + "'");
    return DONE;
  }
}
