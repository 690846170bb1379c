package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "unpause",
    description = "Lets the processors of a paused machine run again.",
    footer = {"  launcher unpause web"})
final class UnpauseCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  UnpauseCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    try (Resident resident = machines.dial(machines.status(name))) {
      resident.call(new LauncherCommand.Resume());
    }
    session.out().note("unpaused '" + name + "'");
    return DONE;
  }
}
