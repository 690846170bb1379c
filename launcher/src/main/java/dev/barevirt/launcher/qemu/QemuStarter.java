package dev.barevirt.launcher.qemu;

import dev.barevirt.api.launcher.GivenNetwork;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.GuestMachine;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.launcher.guest.MachineStarter;
import dev.barevirt.launcher.guest.StartOrder;
import dev.barevirt.launcher.machine.GuestMemory;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.os.RunningProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts QEMU for a request: prepares volumes, builds the machine, starts what stands beside it,
 * opens what it inherits, spawns it paused and shakes hands. Whatever was done is undone when a
 * later step fails.
 */
public final class QemuStarter implements MachineStarter {
  private static final Logger LOG = LoggerFactory.getLogger(QemuStarter.class);

  private final MachinePlanner planner;
  private final MachineConnector connector;
  private final QemuSpawner spawner;
  private final SidecarProcesses sidecars;
  private final RunBook book;
  private final MachineDirectories directories;

  QemuStarter(
      MachinePlanner planner,
      MachineConnector connector,
      QemuSpawner spawner,
      SidecarProcesses sidecars,
      RunBook book,
      MachineDirectories directories) {
    this.planner = planner;
    this.connector = connector;
    this.spawner = spawner;
    this.sidecars = sidecars;
    this.book = book;
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
        case StartOrder.Adopt(GuestRequest request, _) -> connector.adopt(request, listener);
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
      book.begin();
      undo.push("forget the run", book::forget);
      spawner.giveRuntimeDirectory();
      MachineModel model = planned.model();
      tellOfSlirp(model.input());
      model.plan().copies().forEach(Copies::make);
      sidecars.start(model.plan().sidecars(), undo);
      ErrorLog errors = ErrorLog.continuing(directories.machine().qemuLog());
      QemuGroup group = QemuGroup.place(directories.machine(), undo);
      RunningProcess spawned = spawner.spawn(model.plan(), errors, undo);
      group.add(spawned.pid());
      limit(group, order.request());
      QemuProcess qemu = new QemuProcess(spawned, errors, group::hadOutOfMemory);
      return connector.connect(new MachineConnector.Spawned(order, planned, qemu), listener, undo);
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
}
