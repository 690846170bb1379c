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
    name = "nic",
    description = {
      "Takes a network interface out of a machine, for its later starts too, and waits until the"
          + " guest has let go of it (a minute, or --timeout; then the exit code is 12). Ports"
          + " forwarded through it go with it.",
      "'launcher inspect NAME' shows the names of a machine's interfaces."
    },
    footer = {"  launcher detach nic web net1", "  launcher detach nic web net1 --timeout 3m"})
final class DetachNicCommand implements Action {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(index = "1", paramLabel = "IFACE", description = "The interface's name")
  String nic = "";

  DetachNicCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    var device = new Device(DeviceReport.Kind.INTERFACE, nic);
    Effect effect;
    try (Progress _ =
        session.progress(
            "waiting for the guest to let go of interface '" + Text.printable(nic) + "'")) {
      effect =
          new DeviceChange(session.machines(), name)
              .detach(
                  device,
                  document -> new PluggedDevices(document).removeNic(nic),
                  session.timeout(PATIENCE));
    }
    String when = effect == Effect.NOW ? "is out of '" : "will not be in the next start of '";
    session.out().note("interface '" + nic + "' " + when + name + "'");
    return DONE;
  }
}
