package dev.barevirt.agent.network;

/** A guest could not be connected to its pod's network. */
public final class NetworkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether it may work later. */
  public enum Kind {
    /** The instance asks for something that is not built. */
    UNSUPPORTED,
    /** Something in the pod or on this node went wrong. */
    FAILED
  }

  private final Kind kind;

  NetworkException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  NetworkException(String message, Throwable cause) {
    super(message, cause);
    this.kind = Kind.FAILED;
  }

  /** Whether it may work later. */
  public Kind kind() {
    return kind;
  }
}
