package dev.barevirt.virtctl.api;

/** The API could not be reached, or the connection to it broke. */
public final class ConnectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what was tried and why it failed. */
  public ConnectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
