package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.launcher.cli.live.DeviceChange;
import dev.barevirt.launcher.cli.live.DeviceChange.Device;
import dev.barevirt.launcher.cli.live.DeviceChange.Effect;
import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.spec.PluggedDevices;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "disk",
    description = {
      "Takes a disk out of a machine, for its later starts too, and waits until the guest has let"
          + " go of it (a minute, or --timeout; then the exit code is 12).",
      "A machine's own disks, those it was created with, stay while it runs."
    },
    footer = {"  launcher detach disk web data", "  launcher detach disk web data --timeout 3m"})
final class DetachDiskCommand implements Action {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(index = "1", paramLabel = "VOLUME", description = "The disk's name")
  String disk = "";

  DetachDiskCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    var device = new Device(DeviceReport.Kind.DISK, disk);
    Effect effect;
    try (Progress _ =
        session.progress(
            "waiting for the guest to let go of disk '" + Text.printable(disk) + "'")) {
      effect =
          new DeviceChange(session.machines(), name)
              .detach(
                  device,
                  document -> new PluggedDevices(document).removeDisk(disk),
                  session.timeout(PATIENCE));
    }
    String when = effect == Effect.NOW ? "is out of '" : "will not be in the next start of '";
    session.out().note("disk '" + disk + "' " + when + name + "'");
    return DONE;
  }
}
