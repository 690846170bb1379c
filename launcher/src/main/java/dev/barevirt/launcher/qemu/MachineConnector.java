package dev.barevirt.launcher.qemu;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.QemuReport;
import dev.barevirt.launcher.disk.QemuImg;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.GuestMachine;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.launcher.guest.StartOrder;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.metrics.DownwardMetrics;
import dev.barevirt.launcher.os.AdoptedProcess;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SupervisedProcess;
import dev.barevirt.launcher.store.Remains;
import dev.barevirt.launcher.store.RunRecord;
import dev.barevirt.launcher.store.WholeFile;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.RescueMonitor;
import dev.barevirt.qmp.agent.GuestAgent;
import dev.barevirt.qmp.command.QueryStatus;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shakes hands with a QEMU, new or found running, and makes a machine of it. */
final class MachineConnector {
  /** A busy host may take its time until QEMU has set up a machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration DYING = Duration.ofSeconds(5);

  /** How long the guest's agent may take to answer. */
  private static final Duration AGENT = Duration.ofSeconds(20);

  private final WireLoop loop;
  private final MachineDirectories directories;
  private final MachinePlanner planner;
  private final SidecarProcesses sidecars;
  private final RunBook book;
  private final QemuImg qemuImg;
  private final DescriptorShelf given;

  MachineConnector(
      WireLoop loop,
      MachineDirectories directories,
      MachinePlanner planner,
      SidecarProcesses sidecars,
      RunBook book,
      QemuImg qemuImg,
      DescriptorShelf given) {
    this.loop = loop;
    this.directories = directories;
    this.planner = planner;
    this.sidecars = sidecars;
    this.book = book;
    this.qemuImg = qemuImg;
    this.given = given;
  }

  /**
   * A QEMU that was just spawned.
   *
   * @param order what was asked for
   * @param planned the machine
   * @param qemu its process
   */
  record Spawned(StartOrder order, MachinePlanner.Planned planned, QemuProcess qemu) {
    MachineModel model() {
      return planned.model();
    }
  }

  /** A QEMU that answers, with what is known about it. */
  private record Found(QmpClient client, QemuProcess process, QemuReport qemu) {}

  /** Connects to a QEMU that was just spawned, and writes down how to find it again. */
  GuestMachine connect(Spawned spawned, MachineListener listener, Undo undo)
      throws InterruptedException {
    QmpClient client = greet(spawned);
    undo.push("close the monitor", client::close);
    Found found = new Found(client, spawned.qemu(), report(spawned, client));
    QemuOperations operations = operations(found, spawned.model(), listener, undo);
    keep(found, spawned.model());
    new LinkStates(new Monitor(client))
        .takeDown(LinkStates.down(spawned.model().input().devices().interfaces()));
    if (spawned.order() instanceof StartOrder.Restore(var _, Path file)) {
      operations.restore(file);
    }
    book.ready(spawned.qemu().process().identity());
    boolean startPaused =
        startsPaused(spawned.model()) && spawned.order() instanceof StartOrder.Boot;
    return machine(
        found, operations, listener, undo, startPaused ? GuestReason.STARTED_PAUSED : null);
  }

  /** Takes up a QEMU that an earlier launcher started. */
  GuestMachine adopt(GuestRequest request, MachineListener listener) throws InterruptedException {
    MachineRecord record =
        MachineRecord.read(directories.record())
            .orElseThrow(() -> GuestException.failed("nothing tells what QEMU was running"));
    RunRecord run =
        directories
            .machine()
            .run()
            .orElseThrow(() -> GuestException.failed("nothing tells which process QEMU was"));
    ErrorLog errors = ErrorLog.of(directories.machine().qemuLog());
    Optional<AdoptedProcess> process =
        Optional.ofNullable(run.qemu())
            .filter(_ -> run.isOfThisBoot())
            .flatMap(AdoptedProcess::find);
    if (process.isEmpty()) {
      Remains.end(directories.machine());
      String words = String.join("; ", errors.tail());
      throw GuestException.failed(
          "QEMU ended while no launcher watched" + (words.isEmpty() ? "" : ": " + words));
    }
    Undo undo = new Undo();
    undo.push("forget the run", book::forget);
    run.others().forEach(one -> undo.push("end a program beside QEMU", () -> end(one)));
    SupervisedProcess qemu = process.get().watched();
    QemuGroup group = QemuGroup.of(directories.machine(), qemu.pid(), undo);
    QmpClient client = QmpClient.connect(loop, directories.monitor(), settings(), PATIENCE);
    book.takeOver(run);
    MachineModel model = planner.found(record.request(), record.volumes());
    Found found =
        new Found(client, new QemuProcess(qemu, errors, group::hadOutOfMemory), record.qemu());
    QemuOperations operations = operations(found, model, listener, undo);
    GuestMachine machine =
        machine(found, operations, listener, undo, whyStopped(client, startsPaused(model)));
    operations.greetAgent();
    return machine;
  }

  private QemuOperations operations(
      Found found, MachineModel model, MachineListener listener, Undo undo) {
    Monitor monitor = new Monitor(found.client());
    Replugging replugging =
        new Replugging(
            model,
            planner,
            new Plugging(monitor, sidecars, directories.runtime(), given),
            new Unplugging(monitor, Instant::now),
            listener,
            undo,
            changed -> keep(found, changed));
    QemuStreams streams = QemuStreams.open(loop, directories, isLogged(model));
    undo.push("close the console", streams::close);
    DownwardMetrics metrics = metrics(found, model);
    undo.push("end the guest's figures", metrics::close);
    CredentialKeeper credentials = CredentialKeeper.of(model.request(), listener);
    return new QemuOperations(
        monitor,
        found.qemu(),
        streams,
        new Snapshots(monitor, qemuImg, directories.machine().disks()),
        replugging,
        new QemuOperations.Watches(
            agent(monitor, listener, credentials),
            HealthWatch.of(monitor.client(), this::rescue, listener),
            credentials));
  }

  /** The host's end of the guest's channel for figures, and the disk of them, where it has them. */
  private DownwardMetrics metrics(Found found, MachineModel model) {
    Optional<ByteStream> port =
        Files.exists(directories.metrics())
            ? Optional.of(ByteStream.connect(loop, directories.metrics()))
            : Optional.empty();
    Optional<Path> disk =
        model.input().vmi().spec().volumes().stream()
            .filter(volume -> volume.downwardMetrics() != null)
            .flatMap(volume -> model.input().volume(String.valueOf(volume.name())).stream())
            .filter(PreparedVolume.Disk.class::isInstance)
            .map(shown -> Path.of(((PreparedVolume.Disk) shown).layers().getFirst().path()))
            .findFirst();
    return DownwardMetrics.of(
        model.input().vmi(), found.process().process().identity().pid(), port, disk);
  }

  /** The host's end of the agent's port is taken before anybody in the guest opens the other. */
  private AgentLink agent(Monitor monitor, MachineListener listener, CredentialKeeper credentials) {
    GuestAgent agent =
        Files.exists(directories.agent())
            ? GuestAgent.connect(loop, directories.agent(), WireSettings.agent())
            : null;
    return new AgentLink(
        agent, new AgentPort(monitor), AGENT, listener::changed, credentials::agentCame);
  }

  private RescueMonitor rescue() throws InterruptedException {
    return RescueMonitor.connect(loop, directories.rescue(), settings(), DYING);
  }

  /** Writes down what a later launcher, or the next start, has to know. */
  private void keep(Found found, MachineModel model) {
    MachineRecord.of(found.qemu(), model).write(directories.record());
    WholeFile.write(directories.machine().request(), RecordWriter.toJson(model.accepted()));
  }

  private static GuestMachine machine(
      Found found,
      QemuOperations operations,
      MachineListener listener,
      Undo undo,
      @Nullable GuestReason pausedBecause) {
    Monitor monitor = new Monitor(found.client());
    return new QemuMachine(monitor, found.process(), operations, listener, undo, pausedBecause)
        .watched();
  }

  private QmpClient greet(Spawned spawned) throws InterruptedException {
    try {
      return QmpClient.connect(loop, directories.monitor(), settings(), PATIENCE);
    } catch (WireException failed) {
      boolean dead = spawned.qemu().process().awaitExit(DYING).isPresent();
      String words = String.join("; ", spawned.qemu().errors().tail());
      throw GuestException.failed(
          dead
              ? "QEMU did not start: " + (words.isEmpty() ? "it said nothing" : words)
              : "QEMU does not answer: " + failed.getMessage());
    }
  }

  private static QemuReport report(Spawned spawned, QmpClient client) {
    MachinePlan plan = spawned.model().plan();
    ProcessIdentity identity = spawned.qemu().process().identity();
    boolean kvm = plan.accelerator() == HostFacts.Accelerator.KVM;
    return new QemuReport(
        (int) identity.pid(),
        identity.startTicks(),
        client.greeting().version(),
        kvm ? QemuReport.Accelerator.KVM : QemuReport.Accelerator.TCG,
        spawned.planned().whyNotKvm(),
        plan.machineType(),
        null,
        null);
  }

  private static boolean isLogged(MachineModel model) {
    return !Boolean.FALSE.equals(model.input().devices().logSerialConsole());
  }

  private static boolean startsPaused(MachineModel model) {
    return "Paused".equals(model.request().vmi().spec().startStrategy());
  }

  /** A launcher may have died just before it let the guest run for the first time. */
  private static @Nullable GuestReason whyStopped(QmpClient client, boolean startsPaused)
      throws InterruptedException {
    QueryStatus.Status status = new Monitor(client).ask("ask for its state", new QueryStatus());
    if (status.running()) {
      return null;
    }
    return switch (status.status()) {
      case IO_ERROR -> GuestReason.IO_ERROR;
      case GUEST_PANICKED -> GuestReason.GUEST_PANIC;
      case WATCHDOG -> GuestReason.WATCHDOG;
      case PRELAUNCH -> startsPaused ? GuestReason.STARTED_PAUSED : null;
      default -> GuestReason.PAUSED_BY_USER;
    };
  }

  private static WireSettings settings() {
    return WireSettings.resident();
  }

  private static void end(ProcessIdentity identity) {
    AdoptedProcess.find(identity)
        .ifPresent(
            process -> {
              process.signal(Signal.TERM);
              if (process.awaitExit(DYING).isEmpty()) {
                process.signal(Signal.KILL);
              }
              process.close();
            });
  }
}
