package dev.barevirt.virtctl.command;

/** A command cannot do what it was asked; the message is all that is printed. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With its message. */
  public CommandFailure(String message) {
    super(message);
  }

  /** With its message and what was behind it. */
  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
