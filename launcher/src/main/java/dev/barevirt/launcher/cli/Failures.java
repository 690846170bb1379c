package dev.barevirt.launcher.cli;

import dev.barevirt.api.json.EditDistance;
import dev.barevirt.launcher.cli.live.Refusals;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.spec.HostFiles;
import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.image.ImageException;
import dev.barevirt.launcher.os.Errno;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.launcher.qemu.HostException;
import dev.barevirt.launcher.store.StoreException;
import dev.barevirt.qmp.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what was thrown into the one sentence that is printed. */
final class Failures {
  private static final int NEAR = 3;

  private Failures() {}

  static CliFailure explain(Throwable thrown) {
    return switch (thrown) {
      case CliFailure failure -> failure;
      case StoreException store -> CliFailure.of(code(store.reason()), sentence(store));
      case DiskException disk -> disk(disk);
      case ImageException image -> CliFailure.of(code(image.reason()), sentence(image));
      case GuestException guest -> Refusals.explain(guest.fault(), sentence(guest));
      case HostException host -> CliFailure.of(ExitCode.HOST_UNSUPPORTED, sentence(host));
      case WireException wire -> Refusals.explain(wire);
      case OsException os -> CliFailure.of(code(os.errno()), sentence(os));
      case UncheckedIOException io -> io(io);
      case OutOfMemoryError memory ->
          CliFailure.of(ExitCode.LAUNCHER_ERROR, "out of memory").because(memory);
      default ->
          CliFailure.of(ExitCode.LAUNCHER_ERROR, sentence(thrown))
              .advising(
                  "this is a defect; run it again with BAREVIRT_DEBUG=1 and report what it prints")
              .because(thrown);
    };
  }

  private static CliFailure io(UncheckedIOException thrown) {
    IOException cause = thrown.getCause();
    String why = cause == null ? "" : ": " + HostFiles.reason(cause);
    boolean full = why.contains("No space left");
    return CliFailure.of(
        full ? ExitCode.HOST_UNSUPPORTED : ExitCode.LAUNCHER_ERROR, sentence(thrown) + why);
  }

  private static ExitCode code(StoreException.Reason reason) {
    return switch (reason) {
      case EXISTS, BUSY -> ExitCode.CONFLICT;
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case BAD_NAME -> ExitCode.SPEC_INVALID;
      case UNSAFE, NO_SPACE -> ExitCode.HOST_UNSUPPORTED;
      case FILES -> ExitCode.LAUNCHER_ERROR;
    };
  }

  private static CliFailure disk(DiskException refused) {
    CliFailure failure = CliFailure.of(code(refused.reason()), sentence(refused));
    return refused.reason() == DiskException.Reason.BACKING_REFUSED
        ? failure.advising("if you trust the image, say --allow-backing")
        : failure;
  }

  private static ExitCode code(DiskException.Reason reason) {
    return switch (reason) {
      case IMAGE_REFUSED, BACKING_REFUSED, MISSING, DENIED -> ExitCode.IMAGE;
      case NO_SPACE, TOOL_FAILED -> ExitCode.HOST_UNSUPPORTED;
      case IN_USE -> ExitCode.CONFLICT;
      case TIMED_OUT -> ExitCode.TIMEOUT;
    };
  }

  private static ExitCode code(ImageException.Reason reason) {
    return switch (reason) {
      case BAD_REFERENCE, REFUSED -> ExitCode.IMAGE;
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case IN_USE -> ExitCode.CONFLICT;
      case TOOL_FAILED, NO_SPACE -> ExitCode.HOST_UNSUPPORTED;
      case FILES -> ExitCode.LAUNCHER_ERROR;
    };
  }

  private static ExitCode code(Errno errno) {
    return switch (errno) {
      case ENAMETOOLONG, ENOSPC -> ExitCode.HOST_UNSUPPORTED;
      case EADDRINUSE, EBUSY -> ExitCode.CONFLICT;
      default -> ExitCode.LAUNCHER_ERROR;
    };
  }

  private static String sentence(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
  }

  static CliFailure unknownCommand(List<String> words) {
    String typed = Text.printable(String.join(" ", words));
    boolean inGroup = words.size() > 1;
    List<String> known = Verb.wordsIn(inGroup ? words.getFirst() : "");
    CliFailure failure = CliFailure.usage("there is no command '" + typed + "'");
    return nearest(words.getLast(), known)
        .map(near -> inGroup ? words.getFirst() + " " + near : near)
        .map(near -> failure.advising("did you mean 'launcher " + near + "'?"))
        .orElse(failure.advising("'launcher --help' lists the commands"));
  }

  static CliFailure usage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String help = "'" + command + " --help' shows how it is used";
    return switch (e) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched, help);
      case MissingParameterException missing ->
          CliFailure.usage(lower(sentence(missing))).advising(help);
      default -> CliFailure.usage(lower(sentence(e))).advising(help);
    };
  }

  private static CliFailure unmatched(UnmatchedArgumentException e, String help) {
    String argument = e.getUnmatched().getFirst();
    if (!argument.startsWith("-")) {
      return CliFailure.usage("unexpected argument '" + Text.printable(argument) + "'")
          .advising(help);
    }
    String option = argument.split("=", 2)[0];
    List<String> known =
        e.getCommandLine().getCommandSpec().options().stream()
            .flatMap(o -> List.of(o.names()).stream())
            .filter(name -> name.startsWith("--"))
            .toList();
    CliFailure failure = CliFailure.usage("unknown option '" + Text.printable(option) + "'");
    return nearest(option, known)
        .map(near -> failure.advising("did you mean '" + near + "'?"))
        .orElse(failure.advising(help));
  }

  private static String lower(String sentence) {
    String first = sentence.lines().findFirst().orElse(sentence);
    boolean word = first.length() > 1 && Character.isLowerCase(first.charAt(1));
    return word ? Character.toLowerCase(first.charAt(0)) + first.substring(1) : first;
  }

  /** The known word that is at most a few typing errors away. */
  static Optional<String> nearest(String typed, List<String> known) {
    return known.stream()
        .filter(
            word ->
                EditDistance.between(typed, word)
                    <= Math.min(NEAR, Math.max(1, typed.length() / 2)))
        .min(Comparator.comparingInt(word -> EditDistance.between(typed, word)));
  }
}
