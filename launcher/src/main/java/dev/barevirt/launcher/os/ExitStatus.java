package dev.barevirt.launcher.os;

/** How a process ended. */
public sealed interface ExitStatus {
  /** It returned a code by itself. */
  record Exited(int code) implements ExitStatus {
    @Override
    public String toString() {
      return "exit code " + code;
    }
  }

  /** A signal ended it. */
  record Signalled(int signal) implements ExitStatus {
    /** Whether it was SIGKILL, which is also what the kernel sends when memory runs out. */
    public boolean isKill() {
      return signal == Signal.KILL.number();
    }

    @Override
    public String toString() {
      return Signal.name(signal);
    }
  }

  /** It is gone, and only its parent could have learned how; this process was not the parent. */
  record Unknown() implements ExitStatus {
    @Override
    public String toString() {
      return "unknown exit status";
    }
  }

  /** Whether it ended by itself with code 0. */
  default boolean isSuccess() {
    return this instanceof Exited(int code) && code == 0;
  }
}
