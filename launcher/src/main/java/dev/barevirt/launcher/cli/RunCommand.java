package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.RequestPlan;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.live.Waits;
import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.cli.spec.MachineFlags;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "Creates a machine from flags, an image or a manifest, starts it, and shows its serial"
          + " console until it ends.",
      "",
      "On a terminal every key goes to the guest; ^] leaves the console and the machine goes on."
          + " Without a terminal, ^C asks the guest to switch itself off; a second ends QEMU, a"
          + " third kills it."
    },
    footer = {
      "  launcher run --kernel vmlinuz --initrd initrd.gz",
      "  launcher run debian-13 --name web -d -p 8080:80 --ssh-key auto --wait=ssh",
      "  launcher run --disk root.qcow2 --disk size=10Gi --memory 2Gi --cpus 2 --efi",
      "  launcher run -f vmi.yaml --set spec.domain.cpu.cores=4",
      "  launcher run debian-13 --rm --exec 'cat /etc/os-release'",
      "  launcher run -f vmi.yaml --dry-run=shell"
    })
final class RunCommand implements Action {
  private final Session session;

  @Mixin final MachineFlags machine = new MachineFlags();

  @Mixin final RunFlags flags = new RunFlags();

  @Option(
      names = "--dry-run",
      arity = "0..1",
      fallbackValue = "argv",
      paramLabel = "argv|json|shell|spec",
      description = "Print the QEMU command or the manifest instead of running it")
  @Nullable DryRun dryRun;

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    flags.check();
    VirtualMachineInstance vmi = new Manifests(session).of(machine);
    if (dryRun != null) {
      return dryRun.print(session, vmi);
    }
    Machines machines = session.machines();
    session.workplace().qemu();
    GuestRequest planned =
        machines.plan(vmi); // all that can be wrong is found before anything is made
    RequestPlan.requireStartable(planned);
    MachineStatus made = machines.create(Manifests.name(planned.vmi()), vmi);
    if (flags.detach && flags.remove) {
      made.directory().goWhenItEnds();
    }
    try (Resident resident = started(machines, made)) {
      return flags.detach ? detached(made, resident) : foreground(machines, made, resident);
    }
  }

  /** Starts it, and leaves nothing behind when it cannot be started. */
  private Resident started(Machines machines, MachineStatus made) throws InterruptedException {
    try (Progress _ = session.progress("starting '" + made.name() + "'")) {
      return machines.start(made, session.timeout(Waits.START));
    } catch (RuntimeException | InterruptedException e) {
      machines.discard(made);
      throw e;
    }
  }

  private int detached(MachineStatus made, Resident resident) throws InterruptedException {
    Waits.Condition condition = flags.condition();
    try (ConsoleCopy _ = flags.console ? ConsoleCopy.begin(session, resident) : ConsoleCopy.NONE;
        Progress _ = session.progress("waiting for " + condition.words())) {
      Waits.await(made, resident, condition, session.timeout(Waits.USUAL));
    }
    session.out().line(made.name());
    return DONE;
  }

  private int foreground(Machines machines, MachineStatus made, Resident resident)
      throws InterruptedException {
    var foreground = new Foreground(session, machines, machines.status(made.name()), resident);
    if (flags.exec != null) {
      return foreground.exec(flags.exec, flags.remove);
    }
    return foreground.watch(!flags.headless, flags.remove);
  }
}
