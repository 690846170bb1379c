package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand.SnapshotDisks;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.live.Snapshots;
import dev.barevirt.launcher.cli.output.Progress;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Freezes the present state of a running machine's disks, all at one moment; what is written"
          + " from now on goes to new files.",
      "With --quiesce the guest's agent brings its file systems into order first."
    },
    footer = {
      "  launcher snapshot create web",
      "  launcher snapshot create web --quiesce --disk disk0"
    })
final class SnapshotCreateCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Option(
      names = "--disk",
      paramLabel = "DISK",
      description = "Only this disk (default: all that are written to)")
  List<String> disks = new ArrayList<>();

  @Option(names = "--quiesce", description = "Freeze the guest's file systems around the moment")
  boolean quiesce;

  SnapshotCreateCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    MachineStatus machine = machines.status(name);
    try (Progress _ = session.progress("taking a snapshot of '" + name + "'");
        Resident resident = machines.dial(machine)) {
      resident.call(new SnapshotDisks(disks, quiesce));
    }
    session.out().objects(SnapshotLsCommand.VIEW, Snapshots.of(machine));
    return DONE;
  }
}
