package dev.barevirt.launcher.cli.output;

/** What the process exits with; scripts rely on the numbers, so they never change. */
public enum ExitCode {
  /** Done. */
  OK(0),
  /** The command line itself is wrong. */
  USAGE(1),
  /** The machine asked for is not a valid or not a supported one. */
  SPEC_INVALID(2),
  /** This host cannot do it: no QEMU, too old a QEMU, a missing tool, no space. */
  HOST_UNSUPPORTED(3),
  /** An image is missing, unreadable, corrupt or refused. */
  IMAGE(4),
  /** The guest panicked or its watchdog fired. */
  GUEST_CRASHED(10),
  /** QEMU died by itself. */
  QEMU_CRASHED(11),
  /** What was waited for did not come in time. */
  TIMEOUT(12),
  /** Something else holds the name, the disk or the port. */
  CONFLICT(13),
  /** There is no such machine, image, snapshot or device. */
  NOT_FOUND(14),
  /** The launcher itself failed; worth a report. */
  LAUNCHER_ERROR(125);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process exit status. */
  public int number() {
    return number;
  }
}
