package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.output.Progress;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "save",
    description =
        "Writes the memory and devices of a running machine to a new file and ends it; 'restore'"
            + " goes on from there.",
    footer = {"  launcher save web web.saved", "  launcher restore web web.saved"})
final class SaveCommand implements Action {
  private static final Duration USUAL = Duration.ofMinutes(10);

  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The new file")
  String file = "";

  SaveCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Path target = NewFile.named(session, file);
    Machines machines = session.machines();
    MachineStatus machine = machines.status(name);
    Machines.requireKept(machine);
    Duration patience = session.timeout(USUAL);
    try (Progress _ = session.progress("saving '" + name + "'");
        Resident resident = machines.dial(machine)) {
      resident.call(new LauncherCommand.Save(target.toString()), patience);
      machines.awaitGone(machine, patience);
    }
    session.out().line(target.toString());
    return DONE;
  }
}
