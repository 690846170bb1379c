package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.GuestPhase;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.store.Liveness;
import dev.barevirt.launcher.store.MachineDirectory;
import java.util.Locale;
import java.util.Optional;

/**
 * A machine as its files and processes show it; neither its launcher nor QEMU is asked, so one that
 * hangs cannot make this hang.
 *
 * @param directory its files
 * @param liveness which of its processes are alive
 * @param vmi what was asked for
 * @param report the last that its launcher wrote down, if it ever did
 */
public record MachineStatus(
    MachineDirectory directory,
    Liveness liveness,
    VirtualMachineInstance vmi,
    Optional<GuestReport> report) {

  /** Reads the files of a machine. */
  public static MachineStatus of(MachineDirectory directory) {
    return new MachineStatus(
        directory,
        directory.liveness(),
        Contract.readVmi(directory.spec()).orElse(VirtualMachineInstance.EMPTY),
        Contract.readReport(directory.report()));
  }

  /** The machine's name. */
  public String name() {
    return directory.name().value();
  }

  /** Whether there is a guest, or may be one. */
  public boolean active() {
    return liveness == Liveness.RUNNING || liveness == Liveness.ORPHANED;
  }

  /** The state in one word for people. */
  public String word() {
    return switch (liveness) {
      case RUNNING -> report.map(r -> r.phase().name().toLowerCase(Locale.ROOT)).orElse("starting");
      case ORPHANED -> "orphaned";
      case STALE -> "crashed";
      case STOPPED -> ended();
    };
  }

  private String ended() {
    if (report.isEmpty()) {
      return "created";
    }
    GuestReport last = report.get();
    return last.phase() == GuestPhase.FAILED ? "failed" : "stopped";
  }
}
