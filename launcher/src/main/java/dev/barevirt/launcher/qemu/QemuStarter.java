package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.GuestMachine;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.launcher.guest.MachineStarter;
import dev.barevirt.launcher.guest.StartOrder;
import dev.barevirt.launcher.machine.CommandLineRenderer;
import dev.barevirt.launcher.machine.FdTable;
import dev.barevirt.launcher.machine.GuestMemory;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SpawnRequest;
import dev.barevirt.qmp.wire.OwnedFd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts QEMU for a request: prepares volumes, builds the machine, starts what stands beside it,
 * opens what it inherits, spawns it paused and shakes hands. Whatever was done is undone when a
 * later step fails.
 */
public final class QemuStarter implements MachineStarter {
  private static final Logger LOG = LoggerFactory.getLogger(QemuStarter.class);
  private static final Duration DYING = Duration.ofSeconds(10);

  private final MachinePlanner planner;
  private final MachineConnector connector;
  private final Children children;
  private final QemuUser user;
  private final SidecarProcesses sidecars;
  private final MachineDirectories directories;

  QemuStarter(
      MachinePlanner planner,
      MachineConnector connector,
      Children children,
      QemuUser user,
      SidecarProcesses sidecars,
      MachineDirectories directories) {
    this.planner = planner;
    this.connector = connector;
    this.children = children;
    this.user = user;
    this.sidecars = sidecars;
    this.directories = directories;
  }

  @Override
  public GuestMachine start(StartOrder order, MachineListener listener)
      throws InterruptedException {
    try {
      return switch (order) {
        case StartOrder.Boot boot -> start(boot, planner.plan(boot.request()), listener);
        case StartOrder.Restore restore -> {
          SavedState.require(restore.file());
          yield start(restore, planner.plan(restore.request()).awaitingState(), listener);
        }
        case StartOrder.Adopt(GuestRequest request) -> connector.adopt(request, listener);
      };
    } catch (HostException lacking) {
      throw new GuestException(
          LauncherFault.UNSUPPORTED, String.valueOf(lacking.getMessage()), lacking);
    }
  }

  private GuestMachine start(
      StartOrder order, MachinePlanner.Planned planned, MachineListener listener)
      throws InterruptedException {
    Undo undo = new Undo();
    try {
      user.give(directories.runtime());
      tellOfSlirp(planned.input());
      planned.plan().copies().forEach(Copies::make);
      List<ProcessIdentity> beside = sidecars.start(planned.plan().sidecars(), undo);
      ErrorLog errors = ErrorLog.continuing(directories.machine().qemuLog());
      QemuGroup group = QemuGroup.place(directories.machine(), undo);
      RunningProcess spawned = spawn(planned.plan(), errors, undo);
      group.add(spawned.pid());
      limit(group, order.request());
      QemuProcess qemu = new QemuProcess(spawned, errors, group::hadOutOfMemory);
      return connector.connect(
          new MachineConnector.Spawned(order, planned, qemu, beside), listener, undo);
    } catch (InterruptedException | RuntimeException failed) {
      undo.run();
      throw failed;
    }
  }

  private static void limit(QemuGroup group, GuestRequest request) {
    Long headroom = request.options().memoryHeadroomBytes();
    if (headroom != null) {
      group.limitMemory(GuestMemory.of(request.vmi()) + headroom);
    }
  }

  private static void tellOfSlirp(MachineInput input) {
    boolean userNetwork =
        input.networks().values().stream().anyMatch(n -> n.kind() == GivenNetwork.Kind.USER);
    if (userNetwork && input.host().sidecar(HostFacts.Sidecar.PASST).isEmpty()) {
      LOG.info("this host has no passt: the user network is slirp inside QEMU, which is slower");
    }
  }

  private RunningProcess spawn(MachinePlan plan, ErrorLog errors, Undo undo) {
    FdTable table = plan.fds(FdTable.FIRST);
    List<String> command = new ArrayList<>(user.wrapper());
    command.addAll(CommandLineRenderer.spawned(plan, table));
    try (HostDescriptors inherited =
            HostDescriptors.open(plan.resources(), directories.runtime(), undo);
        OwnedFd output = errors.open()) {
      SpawnRequest request =
          SpawnRequest.of(command)
              .withEnvironment(Map.of())
              .in(directories.runtime())
              .inGroup(SpawnRequest.Group.OWN_SESSION)
              .passing(1, output)
              .passing(2, output);
      RunningProcess qemu = children.start(inherited.passedTo(request, table));
      LOG.info("QEMU is process {}", qemu.pid());
      undo.push("end QEMU", () -> end(qemu));
      return qemu;
    }
  }

  private static void end(RunningProcess qemu) {
    if (qemu.isAlive()) {
      qemu.signal(Signal.KILL);
      boolean _ = qemu.awaitExit(DYING).isPresent(); // beyond that it is the kernel's
    }
  }
}
