package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.live.Waits;
import dev.barevirt.launcher.cli.output.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "start",
    description =
        "Starts a machine that was created or stopped; it goes on when this command has ended.",
    footer = {"  launcher start web", "  launcher start web --wait=ssh --timeout 5m"})
final class StartCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Option(
      names = "--wait",
      paramLabel = "agent|ssh|serial:REGEX",
      description = "Return only when the guest is that far")
  @Nullable String wait;

  StartCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    session.workplace().qemu();
    Waits.Condition condition = wait == null ? Waits.NOTHING : Waits.parse(wait);
    Machines machines = session.machines();
    MachineStatus machine = machines.status(name);
    try (Progress progress = session.progress("starting '" + name + "'");
        Resident resident = machines.start(machine, session.timeout(Waits.START))) {
      progress.say("waiting for " + condition.words());
      Waits.await(machine, resident, condition, session.timeout(Waits.USUAL));
    }
    session.out().line(name);
    return DONE;
  }
}
