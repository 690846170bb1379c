package dev.barevirt.agent.launcher;

import dev.barevirt.api.launcher.LauncherFault;

/** What a launcher was asked for did not happen. */
public abstract sealed class LinkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private LinkException(String message) {
    super(message);
  }

  private LinkException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The class of the failure, as a launcher would name it. */
  public abstract LauncherFault fault();

  /** Whether asking again, perhaps over a later link, may work. */
  public abstract boolean retryable();

  /** The launcher said no. */
  public static final class Refused extends LinkException {
    private static final long serialVersionUID = 1L;
    private final LauncherFault fault;

    Refused(LauncherFault fault, String message) {
      super(message);
      this.fault = fault;
    }

    @Override
    public LauncherFault fault() {
      return fault;
    }

    @Override
    public boolean retryable() {
      return false;
    }
  }

  /** The launcher did not answer in time. */
  public static final class Late extends LinkException {
    private static final long serialVersionUID = 1L;

    Late(String message) {
      super(message);
    }

    @Override
    public LauncherFault fault() {
      return LauncherFault.TIMED_OUT;
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }

  /** The launcher is not connected any more, or does not speak as it should. */
  public static final class Lost extends LinkException {
    private static final long serialVersionUID = 1L;

    Lost(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public LauncherFault fault() {
      return LauncherFault.FAILED;
    }

    @Override
    public boolean retryable() {
      return true;
    }
  }
}
