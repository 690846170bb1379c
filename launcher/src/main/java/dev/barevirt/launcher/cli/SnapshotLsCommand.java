package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Snapshots;
import dev.barevirt.launcher.cli.live.Snapshots.Snapshot;
import dev.barevirt.launcher.cli.output.Column;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "ls",
    description =
        "Lists the files that snapshots laid over a machine's disks, the one that is written to"
            + " first.",
    footer = {"  launcher snapshot ls web"})
final class SnapshotLsCommand implements Action {
  static final View<Snapshot> VIEW =
      new View<>(
          Snapshot::name,
          snapshot -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", snapshot.name());
            tree.put("disk", snapshot.disk());
            tree.put("file", snapshot.file().toString());
            tree.put("bytes", snapshot.bytes());
            return tree;
          },
          List.of(
              Column.of("NAME", Snapshot::name),
              Column.of("DISK", Snapshot::disk),
              Column.of("SIZE", snapshot -> Text.size(snapshot.bytes())),
              Column.wide("FILE", snapshot -> snapshot.file().toString())));

  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  SnapshotLsCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    session.out().objects(VIEW, Snapshots.of(session.machines().status(name)));
    return DONE;
  }
}
