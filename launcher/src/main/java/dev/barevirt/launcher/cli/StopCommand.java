package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.output.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "stop",
    description = {
      "Asks the guest to switch itself off; one that has not done so after the grace period is"
          + " switched off.",
      "A machine that does not run is no error."
    },
    footer = {
      "  launcher stop web",
      "  launcher stop --grace 2m db",
      "  launcher stop --force web db"
    })
final class StopCommand implements Action {
  private static final Duration USUAL_GRACE = Duration.ofSeconds(30);
  private static final Duration FOR_QEMU = Duration.ofSeconds(60);

  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "The machines")
  List<String> names = new ArrayList<>();

  @Option(
      names = {"-f", "--force"},
      description = "Pull the plug: do not ask the guest")
  boolean force;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = "How long the guest may take (default: the manifest's, else 30s)")
  @Nullable Duration grace;

  StopCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    for (String name : names) {
      MachineStatus machine = machines.status(name);
      if (!machine.active()) {
        session.out().note("machine '" + name + "' does not run");
        continue;
      }
      stop(session, machines, machine, force, grace);
      session.out().note("stopped '" + name + "'");
    }
    return DONE;
  }

  static void stop(
      Session session,
      Machines machines,
      MachineStatus machine,
      boolean force,
      @Nullable Duration grace)
      throws InterruptedException {
    Long declared = machine.vmi().spec().terminationGracePeriodSeconds();
    Duration allowed =
        grace != null ? grace : declared == null ? USUAL_GRACE : Duration.ofSeconds(declared);
    try (Progress _ = session.progress("waiting for '" + machine.name() + "' to stop");
        Resident resident = machines.dial(machine)) {
      if (force) {
        resident.call(new LauncherCommand.Kill(false));
      } else {
        resident.call(new LauncherCommand.Shutdown(allowed.toSeconds()));
      }
      Duration patience = session.timeout(allowed.plus(FOR_QEMU));
      Ending.await(machine, resident, patience);
      machines.awaitGone(machine, patience);
    }
  }
}
