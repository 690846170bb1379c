package dev.barevirt.launcher.cli;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resize",
    description =
        "Makes a disk of a running machine larger; the guest sees it at once. Disks never shrink.",
    footer = {"  launcher resize web --disk disk0=20Gi"})
final class ResizeCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Option(
      names = "--disk",
      required = true,
      paramLabel = "DISK=SIZE",
      description = "The disk's name and its new size")
  String disk = "";

  ResizeCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    String[] pair = disk.split("=", 2);
    if (pair.length != 2 || pair[0].isEmpty()) {
      throw CliFailure.usage("--disk '" + Text.printable(disk) + "' is not of the form DISK=SIZE");
    }
    Quantity size =
        Quantity.parse(pair[1])
            .filter(Quantity::isPositive)
            .orElseThrow(
                () ->
                    CliFailure.usage(
                        "'" + Text.printable(pair[1]) + "' is not a size; write it like 20Gi"));
    Machines machines = session.machines();
    try (Resident resident = machines.dial(machines.status(name))) {
      resident.call(new LauncherCommand.ResizeDisk(pair[0], size.bytes()));
    }
    session.out().note("disk '" + pair[0] + "' of '" + name + "' has " + Text.size(size.bytes()));
    return DONE;
  }
}
