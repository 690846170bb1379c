package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.spec.MachineFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "create",
    description =
        "Creates a machine from flags, an image or a manifest, as 'run' does, and leaves it"
            + " switched off.",
    footer = {
      "  launcher create debian-13 --name web -p 2222:22",
      "  launcher create -f vmi.yaml && launcher start my-vm"
    })
final class CreateCommand implements Action {
  private final Session session;

  @Mixin final MachineFlags machine = new MachineFlags();

  CreateCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    VirtualMachineInstance vmi = new Manifests(session).of(machine);
    Machines machines = session.machines();
    GuestRequest planned = machines.plan(vmi);
    session.out().line(machines.create(Manifests.name(planned.vmi()), vmi).name());
    return DONE;
  }
}
