package dev.barevirt.launcher.qemu;

import org.jspecify.annotations.Nullable;

/** This host cannot run guests, or not with the QEMU it has. */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is missing. */
  public enum Reason {
    /** There is no QEMU. */
    NO_QEMU,
    /** Its QEMU is too old. */
    QEMU_TOO_OLD,
    /** Its QEMU does not start or does not answer. */
    QEMU_BROKEN,
    /** The launcher is root, and nothing here can start QEMU as somebody else. */
    NO_SETPRIV
  }

  private final Reason reason;

  HostException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  HostException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** What is missing. */
  public Reason reason() {
    return reason;
  }
}
