package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = {
      "Deletes machines with all that was made for them: overlays, empty disks, firmware variables,"
          + " logs.",
      "Images and the disk files you named stay."
    },
    footer = {"  launcher delete web", "  launcher delete --force web db"})
final class DeleteCommand implements Action {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "The machines")
  List<String> names = new ArrayList<>();

  @Option(
      names = {"-f", "--force"},
      description = "Pull the plug of those that run")
  boolean force;

  DeleteCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    for (String name : names) {
      MachineStatus machine = machines.status(name);
      if (machine.active()) {
        if (!force) {
          throw CliFailure.of(ExitCode.CONFLICT, "machine '" + name + "' is " + machine.word())
              .advising("stop it first, or delete it with --force");
        }
        StopCommand.stop(session, machines, machine, true, null);
        machines.deleteUnlessGone(machine);
      } else {
        machines.delete(name);
      }
      session.out().line(name);
    }
    return DONE;
  }
}
