package dev.barevirt.launcher.guest;

/** Why QEMU says that it is about to end. */
public enum ShutdownCause {
  /** The guest switched itself off. */
  GUEST_SHUTDOWN,
  /** The guest asked for a reset, and resets end it. */
  GUEST_RESET,
  /** The guest panicked, and panics end it. */
  GUEST_PANIC,
  /** QEMU was told to quit over its monitor. */
  QUIT,
  /** QEMU got a signal that it obeys. */
  SIGNAL,
  /** QEMU gave up. */
  ERROR,
  /** Something this launcher has no word for. */
  OTHER
}
