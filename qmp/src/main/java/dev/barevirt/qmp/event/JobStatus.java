package dev.barevirt.qmp.event;

/** Where a background job is in its life. */
public enum JobStatus {
  /** {@code undefined}. */
  UNDEFINED,
  /** {@code created}. */
  CREATED,
  /** {@code running}. */
  RUNNING,
  /** {@code paused}. */
  PAUSED,
  /** {@code ready}. */
  READY,
  /** {@code standby}. */
  STANDBY,
  /** {@code waiting}. */
  WAITING,
  /** {@code pending}. */
  PENDING,
  /** {@code aborting}. */
  ABORTING,
  /** {@code concluded}. */
  CONCLUDED,
  /** {@code null}. */
  NULL,
  /** A value this version does not know. */
  UNKNOWN
}
