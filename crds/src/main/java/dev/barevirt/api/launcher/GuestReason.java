package dev.barevirt.api.launcher;

/** Why a guest stands still or has ended; each is a different thing to tell a user. */
public enum GuestReason {
  /** The guest switched itself off. */
  GUEST_SHUTDOWN,
  /** The guest asked for a reset, and its reboot policy ends it instead. */
  GUEST_RESET,
  /** The guest's kernel panicked. */
  GUEST_PANIC,
  /** The guest's watchdog fired. */
  WATCHDOG,
  /** A shutdown that was asked for through the launcher was followed by the guest. */
  SHUTDOWN_REQUESTED,
  /** The guest did not follow a shutdown in its grace period, and QEMU was told to quit. */
  GRACE_EXPIRED,
  /** The launcher was told to kill it. */
  KILLED,
  /** QEMU got a signal that it obeys, from somebody else. */
  HOST_SIGNAL,
  /** QEMU got the signal that cannot be caught, from somebody else. */
  HOST_KILL,
  /** QEMU died of a defect: a signal such as SIGSEGV, or an exit without a word. */
  QEMU_CRASH,
  /** The kernel killed QEMU because its memory limit was reached. */
  OUT_OF_MEMORY,
  /** A disk request failed and the guest waits for the cause to be mended. */
  IO_ERROR,
  /** Somebody paused it. */
  PAUSED_BY_USER,
  /** It was asked to start paused. */
  STARTED_PAUSED,
  /** Its state was saved to a file. */
  SAVED,
  /** QEMU could not be started; the report's message says why. */
  START_FAILED,
  /** It ended while no launcher watched. */
  UNKNOWN
}
