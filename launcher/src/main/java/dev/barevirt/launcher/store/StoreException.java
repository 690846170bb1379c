package dev.barevirt.launcher.store;

import org.jspecify.annotations.Nullable;

/** A machine's files cannot be made, found, locked or trusted. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble, for the exit code. */
  public enum Reason {
    /** A machine of that name is already there. */
    EXISTS,
    /** No machine has that name. */
    NOT_FOUND,
    /** Another launcher holds the machine. */
    BUSY,
    /** The name cannot be a machine's. */
    BAD_NAME,
    /** A directory belongs to somebody else or others may write to it. */
    UNSAFE,
    /** No space is left. */
    NO_SPACE,
    /** Any other refusal of the file system. */
    FILES
  }

  private final Reason reason;

  StoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  StoreException(Reason reason, String message) {
    this(reason, message, null);
  }

  /** What kind of trouble it is. */
  public Reason reason() {
    return reason;
  }
}
