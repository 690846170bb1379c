package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "pause",
    description = "Stops the processors of a running machine; memory and devices stay as they are.",
    footer = {"  launcher pause web"})
final class PauseCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  PauseCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    try (Resident resident = machines.dial(machines.status(name))) {
      resident.call(new LauncherCommand.Pause());
    }
    session.out().note("paused '" + name + "'");
    return DONE;
  }
}
