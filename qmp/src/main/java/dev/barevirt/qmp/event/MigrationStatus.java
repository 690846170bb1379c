package dev.barevirt.qmp.event;

/** Where a migration is. */
public enum MigrationStatus {
  /** {@code none}. */
  NONE,
  /** {@code setup}. */
  SETUP,
  /** {@code cancelling}. */
  CANCELLING,
  /** {@code cancelled}. */
  CANCELLED,
  /** {@code active}. */
  ACTIVE,
  /** {@code postcopy-active}. */
  POSTCOPY_ACTIVE,
  /** {@code postcopy-paused}. */
  POSTCOPY_PAUSED,
  /** {@code postcopy-recover-setup}. */
  POSTCOPY_RECOVER_SETUP,
  /** {@code postcopy-recover}. */
  POSTCOPY_RECOVER,
  /** {@code completed}. */
  COMPLETED,
  /** {@code failed}. */
  FAILED,
  /** {@code colo}. */
  COLO,
  /** {@code pre-switchover}. */
  PRE_SWITCHOVER,
  /** {@code device}. */
  DEVICE,
  /** {@code wait-unplug}. */
  WAIT_UNPLUG,
  /** A value this version does not know. */
  UNKNOWN
}
