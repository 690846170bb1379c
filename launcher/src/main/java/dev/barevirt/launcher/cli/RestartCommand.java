package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.live.Waits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restart",
    description =
        "Shuts a machine down as 'stop' does and starts it again, with a new QEMU; 'reset' keeps"
            + " the old one.",
    footer = {"  launcher restart web", "  launcher restart --force web"})
final class RestartCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Option(
      names = {"-f", "--force"},
      description = "Pull the plug: do not ask the guest")
  boolean force;

  @Option(names = "--grace", paramLabel = "TIME", description = "How long the guest may take")
  @Nullable Duration grace;

  RestartCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    MachineStatus machine = machines.status(name);
    Machines.requireKept(machine);
    if (machine.active()) {
      StopCommand.stop(session, machines, machine, force, grace);
    }
    try (Resident _ = machines.start(machines.status(name), session.timeout(Waits.START))) {
      session.out().line(name);
      return DONE;
    }
  }
}
