package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Column;
import dev.barevirt.launcher.cli.output.View;
import dev.barevirt.launcher.store.Gc;
import dev.barevirt.launcher.store.Gc.Leftover;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "gc",
    description =
        "Removes what crashes and power cuts left behind. Machines, running or not, and images"
            + " stay.",
    footer = {"  launcher gc --dry-run", "  launcher gc"})
final class GcCommand implements Action {
  private final Session session;

  @Option(names = "--dry-run", description = "Only print what would be removed")
  boolean dryRun;

  GcCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    var gc = new Gc(session.workplace().locations(), session.workplace().store());
    List<Leftover> leftovers = gc.plan();
    if (!dryRun) {
      gc.remove(leftovers);
    }
    if (leftovers.isEmpty()) {
      session.out().note("nothing is left over");
      return DONE;
    }
    session.out().objects(VIEW, leftovers);
    return DONE;
  }

  private static final View<Leftover> VIEW =
      new View<>(
          leftover -> leftover.path().toString(),
          leftover -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("path", leftover.path().toString());
            tree.put("reason", leftover.reason());
            return tree;
          },
          List.of(
              Column.of("LEFTOVER", leftover -> leftover.path().toString()),
              Column.of("REASON", Leftover::reason)));
}
