package dev.barevirt.launcher.cli.output;

import java.util.List;

/**
 * A command that cannot go on: one sentence for the user, what they can do about it, and the exit
 * code. It is printed once, at the top, without a stack trace.
 */
public final class CliFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;
  private final transient List<String> details;
  private final String advice;

  private CliFailure(ExitCode code, String sentence, List<String> details, String advice) {
    super(sentence);
    this.code = code;
    this.details = List.copyOf(details);
    this.advice = advice;
  }

  /** A failure whose sentence says all there is to say. */
  public static CliFailure of(ExitCode code, String sentence) {
    return new CliFailure(code, sentence, List.of(), "");
  }

  /** The command line is wrong. */
  public static CliFailure usage(String sentence) {
    return of(ExitCode.USAGE, sentence);
  }

  /** The same failure with a word on what to do now, for example a command to run. */
  public CliFailure advising(String whatToDo) {
    return caused(new CliFailure(code, sentence(), details, whatToDo));
  }

  /**
   * The same failure with lines beneath it, for example one per violated rule or the tail of a log.
   */
  public CliFailure detailing(List<String> lines) {
    return caused(new CliFailure(code, sentence(), lines, advice));
  }

  /** The same failure, remembering what led to it for {@code --log-format=json} and debugging. */
  public CliFailure because(Throwable cause) {
    initCause(cause);
    return this;
  }

  private CliFailure caused(CliFailure copy) {
    if (getCause() != null) {
      copy.initCause(getCause());
    }
    return copy;
  }

  /** What the process exits with. */
  public ExitCode code() {
    return code;
  }

  /** What went wrong, in one sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** Further lines, often none. */
  public List<String> details() {
    return details;
  }

  /** What the user can do, or empty. */
  public String advice() {
    return advice;
  }
}
