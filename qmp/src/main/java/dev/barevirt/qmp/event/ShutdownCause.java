package dev.barevirt.qmp.event;

/** Why a machine shut down or was reset. */
public enum ShutdownCause {
  /** {@code none}. */
  NONE,
  /** {@code host-error}. */
  HOST_ERROR,
  /** {@code host-qmp-quit}. */
  HOST_QMP_QUIT,
  /** {@code host-qmp-system-reset}. */
  HOST_QMP_SYSTEM_RESET,
  /** {@code host-signal}. */
  HOST_SIGNAL,
  /** {@code host-ui}. */
  HOST_UI,
  /** {@code guest-shutdown}. */
  GUEST_SHUTDOWN,
  /** {@code guest-reset}. */
  GUEST_RESET,
  /** {@code guest-panic}. */
  GUEST_PANIC,
  /** {@code subsystem-reset}. */
  SUBSYSTEM_RESET,
  /** {@code snapshot-load}. */
  SNAPSHOT_LOAD,
  /** A value this version does not know. */
  UNKNOWN
}
