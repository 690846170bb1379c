package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Snapshots;
import dev.barevirt.launcher.cli.live.Snapshots.Snapshot;
import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.disk.SnapshotEditor;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description = {
      "Puts a disk of a stopped machine back to the moment a snapshot was taken; what was written"
          + " since then, and later snapshots of that disk, are thrown away."
    },
    footer = {"  launcher snapshot restore web disk0-snapshot-1"})
final class SnapshotRestoreCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "SNAPSHOT",
      description = "The snapshots, as 'launcher snapshot ls' names them")
  List<String> names = new ArrayList<>();

  SnapshotRestoreCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    MachineStatus machine = session.machines().status(name);
    List<Snapshot> wanted = names.stream().map(one -> Snapshots.named(machine, one)).toList();
    var editor = new SnapshotEditor(session.workplace().qemuImg(), machine.directory().disks());
    try (Progress _ = session.progress("restoring snapshots of '" + name + "'")) {
      Snapshots.edit(
          machine,
          () -> {
            for (Snapshot snapshot : wanted) {
              editor.restore(snapshot.disk(), snapshot.file());
            }
          });
    }
    names.forEach(session.out()::line);
    return DONE;
  }
}
