package dev.barevirt.launcher.guest;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a QEMU process ended.
 *
 * @param status its exit status, when it ended by itself and the launcher was there to see it
 * @param signal the signal that ended it, when one did
 * @param stderr the last lines it wrote to its error stream
 * @param outOfMemory whether the kernel counted a kill for lack of memory in its cgroup
 */
public record QemuExit(
    @Nullable Integer status, @Nullable Integer signal, List<String> stderr, boolean outOfMemory) {

  private static final int SIGKILL = 9;

  public QemuExit {
    stderr = List.copyOf(stderr);
  }

  /** An end that nobody saw: the process was a child of an earlier launcher. */
  public static QemuExit unseen(List<String> stderr, boolean outOfMemory) {
    return new QemuExit(null, null, stderr, outOfMemory);
  }

  /** Whether it was the signal that cannot be caught. */
  public boolean wasKilled() {
    return signal != null && signal == SIGKILL;
  }

  /** Whether it ended as programs end that have nothing to complain about. */
  public boolean wasClean() {
    return status != null && status == 0;
  }

  /** Whether nobody saw how it ended. */
  public boolean wasUnseen() {
    return status == null && signal == null;
  }

  /** The last thing it said. */
  public Optional<String> lastWords() {
    return stderr.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", stderr));
  }

  /** One clause that says how it ended. */
  public String describe() {
    String how =
        signal != null
            ? "ended by signal " + signal
            : status != null ? "ended with exit status " + status : "ended while nobody watched";
    return "QEMU " + how + lastWords().map(words -> ": " + words).orElse("");
  }
}
