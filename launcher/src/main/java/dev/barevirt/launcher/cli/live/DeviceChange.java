package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.spec.Manifest;
import dev.barevirt.launcher.cli.spec.SpecDocument;
import dev.barevirt.launcher.os.Flock;
import dev.barevirt.qmp.wire.WireException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Changes the disks and interfaces of a machine: at once while it runs, and for later starts. */
public final class DeviceChange {
  private static final Duration STEP = Duration.ofSeconds(2);

  private final Machines machines;
  private final String name;

  /** A change of the machine of this name. */
  public DeviceChange(Machines machines, String name) {
    this.machines = machines;
    this.name = name;
  }

  /** When a change takes effect. */
  public enum Effect {
    /** Now: the machine runs. */
    NOW,
    /** When the machine is started: there is no guest now. */
    NEXT_START
  }

  /** A device as its guest's launcher reports it. */
  public record Device(DeviceReport.Kind kind, String name) {
    private boolean in(GuestReport report) {
      return find(report).isPresent();
    }

    private boolean leaving(GuestReport report) {
      return find(report).filter(d -> d.state() != DeviceReport.State.ATTACHED).isPresent();
    }

    private Optional<DeviceReport> find(GuestReport report) {
      return report.devices().stream()
          .filter(device -> device.kind() == kind && device.name().equals(name))
          .findFirst();
    }

    private String words() {
      return switch (kind) {
        case DISK -> "disk '" + Text.printable(name) + "'";
        case INTERFACE -> "interface '" + Text.printable(name) + "'";
        case FILESYSTEM -> "shared directory '" + Text.printable(name) + "'";
      };
    }
  }

  /** Puts in what an edit adds to the manifest. */
  public Effect attach(Consumer<SpecDocument> edit, Duration patience) throws InterruptedException {
    MachineStatus machine = machines.status(name);
    if (!machine.active()) {
      return later(edit);
    }
    try (Resident resident = machines.dial(machine);
        Flock _ = turn(machine)) {
      replug(machine, resident, edit, patience);
    }
    return Effect.NOW;
  }

  /** Takes out what an edit removes from the manifest, and waits until the guest has let go. */
  public Effect detach(Device device, Consumer<SpecDocument> edit, Duration patience)
      throws InterruptedException {
    MachineStatus machine = machines.status(name);
    if (!machine.active()) {
      return later(edit);
    }
    try (Resident resident = machines.dial(machine)) {
      GuestReport report;
      try (Flock _ = turn(machine)) {
        // One that is leaving already is no longer in the manifest; the guest is asked again.
        Consumer<SpecDocument> once = device.leaving(resident.subscribe()) ? _ -> {} : edit;
        report = replug(machine, resident, once, Waits.START);
      }
      awaitGone(device, resident, report, patience);
    }
    return Effect.NOW;
  }

  private Effect later(Consumer<SpecDocument> edit) {
    try (Flock _ = turn(machines.status(name))) {
      MachineStatus machine = machines.status(name);
      VirtualMachineInstance vmi = edited(machine, edit);
      Machines.rewrite(machine, vmi, machines.changed(machine, vmi));
    }
    return Effect.NEXT_START;
  }

  private GuestReport replug(
      MachineStatus before, Resident resident, Consumer<SpecDocument> edit, Duration patience)
      throws InterruptedException {
    MachineStatus machine =
        MachineStatus.of(before.directory()); // as it is now that it is our turn
    VirtualMachineInstance vmi = edited(machine, edit);
    GuestRequest request = machines.changed(machine, vmi);
    try {
      GuestReport report = resident.call(new LauncherCommand.Replug(request), patience);
      Machines.rewrite(machine, vmi, request);
      return report;
    } catch (WireException.Refused refused) {
      CliFailure failure = Refusals.explain(refused);
      throw refused.errorClass().equals(LauncherFault.INVALID.name())
          ? failure.advising("a machine that is stopped takes any change")
          : failure;
    }
  }

  private VirtualMachineInstance edited(MachineStatus machine, Consumer<SpecDocument> edit) {
    SpecDocument document = SpecDocument.of(Contract.tree(machine.vmi()));
    edit.accept(document);
    return Manifest.check("machine '" + name + "'", document);
  }

  /** One command at a time changes the manifest. */
  private static Flock turn(MachineStatus machine) {
    return Flock.exclusive(machine.directory().state().resolve("change.lock"));
  }

  private void awaitGone(Device device, Resident resident, GuestReport first, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    GuestReport report = first;
    while (device.in(report) && !report.phase().isFinal()) {
      if (device.find(report).filter(d -> d.state() == DeviceReport.State.FAILED).isPresent()) {
        throw held(ExitCode.CONFLICT, "the guest refuses to let go of " + device.words());
      }
      if (System.nanoTime() > deadline) {
        throw held(
            ExitCode.TIMEOUT,
            "the guest has not let go of %s after %d s"
                .formatted(device.words(), patience.toSeconds()));
      }
      Optional<LauncherEvent> event = resident.next(STEP);
      report =
          event.isPresent() && event.get() instanceof LauncherEvent.ReportChanged changed
              ? changed.report()
              : resident.call(new LauncherCommand.Report());
    }
  }

  private static CliFailure held(ExitCode code, String sentence) {
    return CliFailure.of(code, sentence)
        .advising("the same command asks it again; from the next start on it is gone anyway");
  }
}
