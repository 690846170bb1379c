package dev.barevirt.qmp.command;

/** What a machine is doing. */
public enum RunState {
  /** {@code debug}. */
  DEBUG,
  /** {@code inmigrate}. */
  INMIGRATE,
  /** {@code internal-error}. */
  INTERNAL_ERROR,
  /** {@code io-error}. */
  IO_ERROR,
  /** {@code paused}. */
  PAUSED,
  /** {@code postmigrate}. */
  POSTMIGRATE,
  /** {@code prelaunch}. */
  PRELAUNCH,
  /** {@code finish-migrate}. */
  FINISH_MIGRATE,
  /** {@code restore-vm}. */
  RESTORE_VM,
  /** {@code running}. */
  RUNNING,
  /** {@code save-vm}. */
  SAVE_VM,
  /** {@code shutdown}. */
  SHUTDOWN,
  /** {@code suspended}. */
  SUSPENDED,
  /** {@code watchdog}. */
  WATCHDOG,
  /** {@code guest-panicked}. */
  GUEST_PANICKED,
  /** {@code colo}. */
  COLO,
  /** A value this version does not know. */
  UNKNOWN
}
