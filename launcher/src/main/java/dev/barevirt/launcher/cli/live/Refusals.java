package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.launcher.LauncherFault;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.qmp.wire.WireException;
import java.util.Arrays;
import java.util.Optional;

/** What a resident launcher's refusal, or its silence, means to the user. */
public final class Refusals {
  private Refusals() {}

  /** The failure that an error on the launcher's socket is. */
  public static CliFailure explain(WireException error) {
    return switch (error) {
      case WireException.Refused refused -> refused(refused);
      case WireException.TimedOut late ->
          CliFailure.of(
                  ExitCode.TIMEOUT, "the launcher did not answer in time: " + late.getMessage())
              .advising("allow more with --timeout");
      case WireException.Unreachable gone ->
          CliFailure.of(
              ExitCode.LAUNCHER_ERROR,
              "the machine's launcher cannot be reached: " + gone.getMessage());
      case WireException.Disconnected gone ->
          CliFailure.of(
                  ExitCode.LAUNCHER_ERROR,
                  "the machine's launcher ended before it answered: " + gone.getMessage())
              .advising("'launcher logs NAME launcher' says why");
      case WireException.Malformed odd ->
          CliFailure.of(
              ExitCode.LAUNCHER_ERROR,
              "the machine's launcher sent what cannot be read: " + odd.getMessage());
      case WireException.Overflow full ->
          CliFailure.of(ExitCode.LAUNCHER_ERROR, String.valueOf(full.getMessage()));
    };
  }

  private static CliFailure refused(WireException.Refused refused) {
    String sentence = refused.description();
    Optional<LauncherFault> fault =
        Arrays.stream(LauncherFault.values())
            .filter(known -> known.name().equals(refused.errorClass()))
            .findFirst();
    if (fault.isEmpty()) {
      return CliFailure.of(ExitCode.LAUNCHER_ERROR, sentence);
    }
    return explain(fault.get(), sentence);
  }

  /** The failure that a class of error with its sentence is. */
  public static CliFailure explain(LauncherFault fault, String sentence) {
    return switch (fault) {
      case NOT_FOUND -> CliFailure.of(ExitCode.NOT_FOUND, sentence);
      case CONFLICT -> CliFailure.of(ExitCode.CONFLICT, sentence);
      case UNSUPPORTED -> CliFailure.of(ExitCode.HOST_UNSUPPORTED, sentence);
      case INVALID -> CliFailure.of(ExitCode.SPEC_INVALID, sentence);
      case TIMED_OUT -> CliFailure.of(ExitCode.TIMEOUT, sentence);
      case BAD_REQUEST -> CliFailure.of(ExitCode.LAUNCHER_ERROR, sentence);
      case FAILED -> failed(sentence);
    };
  }

  /**
   * QEMU says only in words why it cannot start; the common causes have exit codes of their own.
   */
  static CliFailure failed(String sentence) {
    if (sentence.contains("lock") || sentence.contains("in use")) {
      return CliFailure.of(ExitCode.CONFLICT, sentence)
          .advising(
              "another machine uses it ('launcher ps' lists them), or this one names it twice");
    }
    if (sentence.contains("No space left") || sentence.contains("no space")) {
      return CliFailure.of(ExitCode.HOST_UNSUPPORTED, sentence);
    }
    return CliFailure.of(ExitCode.LAUNCHER_ERROR, sentence);
  }
}
