package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.MachineStatus;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "ps",
    description =
        "Lists the machines that run. Reads files and processes only, so that it answers even when"
            + " a machine hangs.",
    footer = {"  launcher ps", "  launcher ps -a -o wide", "  launcher ps -a -o name"})
final class PsCommand implements Action {
  private final Session session;

  @Option(
      names = {"-a", "--all"},
      description = "Stopped machines too")
  boolean all;

  PsCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    List<MachineStatus> machines = session.machines().list(all);
    session.out().objects(MachineViews.status(Instant.now()), machines);
    return DONE;
  }
}
