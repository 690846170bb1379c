package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.DeviceChange;
import dev.barevirt.launcher.cli.live.DeviceChange.Effect;
import dev.barevirt.launcher.cli.live.Waits;
import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.cli.spec.PluggedDevices;
import dev.barevirt.launcher.cli.spec.SpecDocument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "nic",
    description = {
      "Plugs a network interface into a machine, while it runs and for its later starts, and prints"
          + " the interface's name.",
      "A machine that does not run has it from its next start on."
    },
    footer = {
      "  launcher attach nic web",
      "  launcher attach nic web --net bridge=br0 --model e1000e"
    })
final class AttachNicCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Option(
      names = "--net",
      paramLabel = "NET",
      description = "Network: user, tap=DEVICE or bridge=NAME (default: user); model=, mac=")
  String net = "user";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "virtio, e1000e, e1000 or rtl8139 (default: virtio)")
  @Nullable String model;

  AttachNicCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    String[] nic = {""};
    Effect effect;
    try (Progress _ = session.progress("plugging an interface into '" + name + "'")) {
      effect =
          new DeviceChange(session.machines(), name)
              .attach(document -> nic[0] = plug(document), session.timeout(Waits.START));
    }
    session.out().line(nic[0]);
    if (effect == Effect.NEXT_START) {
      session
          .out()
          .note("'" + name + "' does not run; it has the interface from its next start on");
    }
    return DONE;
  }

  private String plug(SpecDocument document) {
    return new PluggedDevices(document).addNic(model == null ? net : net + ",model=" + model);
  }
}
