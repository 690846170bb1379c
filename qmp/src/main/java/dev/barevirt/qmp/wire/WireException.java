package dev.barevirt.qmp.wire;

import java.time.Duration;

/** Why something asked of the other end of a socket did not happen. */
public abstract sealed class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private WireException(String message) {
    super(message);
  }

  private WireException(String message, Throwable cause) {
    super(message, cause);
  }

  /** One CamelCase word for a log, a metric or a condition. */
  public String reason() {
    return getClass().getSimpleName();
  }

  /** Whether the same request may succeed when made again, without harm if the first one did. */
  public abstract boolean retryable();

  /** Nobody answers at the address. */
  public static final class Unreachable extends WireException {
    private static final long serialVersionUID = 1L;

    /** Says what was tried and why it failed. */
    public Unreachable(String message) {
      super(message);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The peer understood the command and answered that it won't or can't. */
  public static final class Refused extends WireException {
    private static final long serialVersionUID = 1L;
    private final String command;
    private final String errorClass;
    private final String description;

    /** An error reply to a command. */
    public Refused(String command, String errorClass, String description) {
      super(command + ": " + description + " (" + errorClass + ")");
      this.command = command;
      this.errorClass = errorClass;
      this.description = description;
    }

    /** The command that was refused. */
    public String command() {
      return command;
    }

    /** The protocol's error class, such as {@code GenericError} or {@code CommandNotFound}. */
    public String errorClass() {
      return errorClass;
    }

    /** The peer's words, for people; they are no part of the protocol. */
    public String description() {
      return description;
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The caller's deadline passed. Unless it was never sent, the command may still take effect. */
  public static final class TimedOut extends WireException {
    private static final long serialVersionUID = 1L;
    private final boolean sent;

    /** A command that was not answered within {@code waited}. */
    public TimedOut(String command, long id, Duration waited, boolean sent) {
      super(
          command
              + " (id "
              + id
              + ") "
              + (sent ? "was not answered" : "was not sent")
              + " within "
              + waited.toMillis()
              + " ms");
      this.sent = sent;
    }

    /** Something other than one command that did not happen in time. */
    public TimedOut(String message) {
      super(message);
      this.sent = true;
    }

    /** Whether the peer may have seen the command. */
    public boolean sent() {
      return sent;
    }

    @Override
    public boolean retryable() {
      return !sent;
    }
  }

  /** The connection ended before the answer came; EOF, reset and broken pipe are one thing. */
  public static final class Disconnected extends WireException {
    private static final long serialVersionUID = 1L;

    /** Says what ended, and why where that is known. */
    public Disconnected(String message) {
      super(message);
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The peer sent what is no message of this protocol, or one beyond the limits. */
  public static final class Malformed extends WireException {
    private static final long serialVersionUID = 1L;

    /** Says what was wrong with the bytes. */
    public Malformed(String message) {
      super(message);
    }

    /** Says what was wrong with the bytes, and what found it. */
    public Malformed(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** A queue of ours is full: the other end does not read, or a subscriber is too slow. */
  public static final class Overflow extends WireException {
    private static final long serialVersionUID = 1L;

    /** Says which queue overflowed. */
    public Overflow(String message) {
      super(message);
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}
