package dev.barevirt.launcher.qemu;

import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.QemuReport;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.guest.GuestMachine;
import dev.barevirt.launcher.guest.MachineFacts;
import dev.barevirt.launcher.guest.MachineListener;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.MachinePlan;
import dev.barevirt.launcher.os.AdoptedProcess;
import dev.barevirt.launcher.os.BootId;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.os.RunningProcess;
import dev.barevirt.launcher.os.Signal;
import dev.barevirt.launcher.os.SupervisedProcess;
import dev.barevirt.launcher.store.RunRecord;
import dev.barevirt.launcher.store.WholeFile;
import dev.barevirt.qmp.QmpClient;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLoop;
import dev.barevirt.qmp.wire.WireSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shakes hands with a QEMU, new or found running, and makes a machine of it. */
final class MachineConnector {
  /** A busy host may take its time until QEMU has set up a machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration DYING = Duration.ofSeconds(5);

  private final WireLoop loop;
  private final MachineDirectories directories;

  MachineConnector(WireLoop loop, MachineDirectories directories) {
    this.loop = loop;
    this.directories = directories;
  }

  /**
   * A QEMU that was just spawned.
   *
   * @param request what was asked for
   * @param planned the machine
   * @param process its process
   * @param errors where it complains
   * @param beside the programs beside it
   */
  record Spawned(
      GuestRequest request,
      MachinePlanner.Planned planned,
      RunningProcess process,
      ErrorLog errors,
      List<ProcessIdentity> beside) {}

  /** Connects to a QEMU that was just spawned, and writes down how to find it again. */
  GuestMachine connect(Spawned spawned, MachineListener listener, Undo undo)
      throws InterruptedException {
    QmpClient client = greet(spawned);
    MachineFacts facts = facts(spawned, client);
    GuestRequest accepted =
        spawned
            .request()
            .withPlacements(facts.placements())
            .withOptions(
                spawned
                    .request()
                    .options()
                    .withMachineType(spawned.planned().plan().machineType()));
    MachineRecord.of(accepted, facts, spawned.beside()).write(directories.record());
    WholeFile.write(directories.machine().request(), RecordWriter.toJson(accepted));
    RunRecord run = new RunRecord(BootId.current(), self(), spawned.process().identity());
    directories.machine().recordRun(run);
    undo.push("forget the run", directories.machine()::forgetRun);
    boolean startPaused = "Paused".equals(spawned.request().vmi().spec().startStrategy());
    return machine(
        client,
        new QemuProcess(spawned.process(), spawned.errors(), () -> false),
        listener,
        undo,
        facts,
        startPaused ? GuestReason.STARTED_PAUSED : null);
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
    Undo undo = new Undo();
    undo.push("forget the run", directories.machine()::forgetRun);
    record.sidecars().forEach(one -> undo.push("end a sidecar", () -> end(one.identity())));
    Optional<AdoptedProcess> process =
        Optional.ofNullable(run.qemu())
            .filter(_ -> run.boot().equals(BootId.current()))
            .flatMap(AdoptedProcess::find);
    if (process.isEmpty()) {
      undo.run();
      String words = String.join("; ", errors.tail());
      throw GuestException.failed(
          "QEMU ended while no launcher watched" + (words.isEmpty() ? "" : ": " + words));
    }
    SupervisedProcess qemu = process.get().watched();
    QmpClient client = QmpClient.connect(loop, directories.monitor(), settings(), PATIENCE);
    directories.machine().recordRun(run.adoptedBy(self()));
    return machine(
        client,
        new QemuProcess(qemu, errors, () -> false),
        listener,
        undo,
        record.facts(),
        whyStopped(client));
  }

  private GuestMachine machine(
      QmpClient client,
      QemuProcess process,
      MachineListener listener,
      Undo undo,
      MachineFacts facts,
      @Nullable GuestReason pausedBecause) {
    QemuStreams streams = QemuStreams.open(loop, directories);
    return new QemuMachine(
            new Monitor(client), process, streams, listener, undo, facts, pausedBecause)
        .watched();
  }

  private QmpClient greet(Spawned spawned) throws InterruptedException {
    try {
      return QmpClient.connect(loop, directories.monitor(), settings(), PATIENCE);
    } catch (WireException failed) {
      boolean dead = spawned.process().awaitExit(DYING).isPresent();
      String words = String.join("; ", spawned.errors().tail());
      throw GuestException.failed(
          dead
              ? "QEMU did not start: " + (words.isEmpty() ? "it said nothing" : words)
              : "QEMU does not answer: " + failed.getMessage());
    }
  }

  private static MachineFacts facts(Spawned spawned, QmpClient client) {
    MachinePlan plan = spawned.planned().plan();
    ProcessIdentity identity = spawned.process().identity();
    boolean kvm = plan.accelerator() == HostFacts.Accelerator.KVM;
    QemuReport qemu =
        new QemuReport(
            (int) identity.pid(),
            identity.startTicks(),
            client.greeting().version(),
            kvm ? QemuReport.Accelerator.KVM : QemuReport.Accelerator.TCG,
            spawned.planned().whyNotKvm(),
            plan.machineType(),
            null,
            null);
    return new MachineFacts(qemu, plan.placements(), List.of(), AgentReport.ABSENT, List.of());
  }

  private static @Nullable GuestReason whyStopped(QmpClient client) throws InterruptedException {
    Json status =
        new Monitor(client).raw("ask for its state", "query-status", RawJson.EMPTY_OBJECT);
    if (status.at("running").bool()) {
      return null;
    }
    return switch (status.at("status").text()) {
      case "io-error" -> GuestReason.IO_ERROR;
      case "guest-panicked" -> GuestReason.GUEST_PANIC;
      case "watchdog" -> GuestReason.WATCHDOG;
      default -> GuestReason.PAUSED_BY_USER;
    };
  }

  private static WireSettings settings() {
    return WireSettings.resident();
  }

  private static ProcessIdentity self() {
    return ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
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
