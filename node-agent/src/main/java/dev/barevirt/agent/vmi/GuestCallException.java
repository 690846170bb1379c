package dev.barevirt.agent.vmi;

import dev.barevirt.api.launcher.LauncherFault;

/** A launcher did not do what it was asked. */
public final class GuestCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final LauncherFault fault;

  public GuestCallException(LauncherFault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** A refusal that the agent itself pronounces. */
  public GuestCallException(LauncherFault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What kind of error it is. */
  public LauncherFault fault() {
    return fault;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return switch (fault) {
      case UNSUPPORTED, INVALID, BAD_REQUEST -> false;
      case NOT_FOUND, CONFLICT, FAILED, TIMED_OUT -> true;
    };
  }
}
