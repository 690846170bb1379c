package dev.barevirt.launcher.guest;

import dev.barevirt.api.launcher.LauncherFault;

/** Something that was asked of a guest and could not be done. */
public final class GuestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final LauncherFault fault;

  /** What was tried, and the class of what came in the way. */
  public GuestException(LauncherFault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What was tried, the class of what came in the way, and what that was. */
  public GuestException(LauncherFault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** The guest is not in a state in which this can be done. */
  public static GuestException conflict(String message) {
    return new GuestException(LauncherFault.CONFLICT, message);
  }

  /** The guest has no such thing. */
  public static GuestException notFound(String message) {
    return new GuestException(LauncherFault.NOT_FOUND, message);
  }

  /** This host, QEMU or guest cannot do that. */
  public static GuestException unsupported(String message) {
    return new GuestException(LauncherFault.UNSUPPORTED, message);
  }

  /** It was tried and failed. */
  public static GuestException failed(String message) {
    return new GuestException(LauncherFault.FAILED, message);
  }

  /** The class of what came in the way. */
  public LauncherFault fault() {
    return fault;
  }
}
