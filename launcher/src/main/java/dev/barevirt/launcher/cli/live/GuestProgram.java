package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.LauncherCommand.AgentExec;
import dev.barevirt.api.launcher.LauncherCommand.AgentExecStatus;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A program in the guest, run through the guest's agent; its output comes when it has ended. */
public final class GuestProgram {
  private static final Duration FIRST_LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final int SIGNAL_CODES = 128;

  private final Resident resident;
  private final List<String> command;
  private final byte[] input;

  /**
   * @param resident the machine's launcher
   * @param command the program and its arguments
   * @param input what it reads
   */
  public GuestProgram(Resident resident, List<String> command, byte[] input) {
    this.resident = resident;
    this.command = List.copyOf(command);
    this.input = input.clone();
  }

  /**
   * How a program ended.
   *
   * @param code its exit code; 128 and the signal's number when one ended it, as shells have it
   * @param output what it wrote
   * @param error what it wrote to its error stream
   * @param truncated whether the agent kept only a part
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way to a stream, never compared
  public record Result(int code, byte[] output, byte[] error, boolean truncated) {}

  /** Runs it and waits for its end. */
  public Result run(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    String fed = input.length == 0 ? null : Base64.getEncoder().encodeToString(input);
    List<String> arguments = command.subList(1, command.size());
    long pid = resident.call(new AgentExec(command.getFirst(), arguments, List.of(), fed)).pid();
    Duration pause = FIRST_LOOK;
    while (true) {
      AgentExecStatus.Status status = resident.call(new AgentExecStatus(pid));
      if (status.exited()) {
        return result(status);
      }
      if (System.nanoTime() > deadline) {
        throw CliFailure.of(
            ExitCode.TIMEOUT,
            "'"
                + command.getFirst()
                + "' (pid "
                + pid
                + " in the guest) has not ended after "
                + patience.toSeconds()
                + " s");
      }
      LockSupport.parkNanos(pause.toNanos()); // the agent tells only those who ask
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private static Result result(AgentExecStatus.Status status) {
    Integer signal = status.signal();
    Integer code = status.exitCode();
    int number = signal != null ? SIGNAL_CODES + signal : code == null ? 0 : code;
    return new Result(
        number, decoded(status.output()), decoded(status.error()), status.truncated());
  }

  private static byte[] decoded(@Nullable String base64) {
    return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
  }
}
