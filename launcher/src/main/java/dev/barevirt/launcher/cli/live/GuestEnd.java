package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.GuestReason;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.util.Optional;

/** What a machine's end means to whoever waited for it. */
public final class GuestEnd {
  private GuestEnd() {}

  /** The failure that an end is, or nothing when it ended as somebody wanted. */
  public static Optional<CliFailure> failure(String name, GuestReport report) {
    GuestReason reason = report.reason();
    if (reason == null) {
      return Optional.empty();
    }
    String why = report.message() == null ? "" : ": " + report.message();
    String machine = "machine '" + name + "' ";
    return switch (reason) {
      case GUEST_PANIC -> failed(ExitCode.GUEST_CRASHED, machine + "panicked" + why);
      case WATCHDOG -> failed(ExitCode.GUEST_CRASHED, machine + "was ended by its watchdog" + why);
      case QEMU_CRASH -> failed(ExitCode.QEMU_CRASHED, machine + "is gone, QEMU crashed" + why);
      case HOST_KILL -> failed(ExitCode.QEMU_CRASHED, machine + "is gone, QEMU was killed" + why);
      case OUT_OF_MEMORY ->
          failed(
              ExitCode.QEMU_CRASHED,
              machine + "is gone, the host had no memory left for QEMU" + why);
      case START_FAILED -> Optional.of(Refusals.failed(machine + "could not be started" + why));
      case GUEST_SHUTDOWN,
          GUEST_RESET,
          SHUTDOWN_REQUESTED,
          GRACE_EXPIRED,
          KILLED,
          HOST_SIGNAL,
          IO_ERROR,
          PAUSED_BY_USER,
          STARTED_PAUSED,
          SAVED,
          UNKNOWN ->
          Optional.empty();
    };
  }

  private static Optional<CliFailure> failed(ExitCode code, String sentence) {
    return Optional.of(CliFailure.of(code, sentence));
  }
}
