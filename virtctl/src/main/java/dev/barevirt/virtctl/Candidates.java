package dev.barevirt.virtctl;

import dev.barevirt.api.json.UnreadableException;
import dev.barevirt.virtctl.api.ApiFailure;
import dev.barevirt.virtctl.api.ApiPath;
import dev.barevirt.virtctl.api.ConnectionException;
import dev.barevirt.virtctl.api.Kind;
import dev.barevirt.virtctl.command.Session;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.FlagParser;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;
import dev.barevirt.virtctl.kubeconfig.KubeconfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What may follow on a command line, for the completion scripts: commands, flags and names. */
final class Candidates {
  /** The command by which the scripts ask; nobody else types it. */
  static final String WORD = "__complete";

  private final Session.World world;

  Candidates(Session.World world) {
    this.world = world;
  }

  /** Prints the candidates for the last word, which may be empty, one a line. */
  void print(List<String> words) throws InterruptedException {
    List<String> before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
    String begun = words.isEmpty() ? "" : words.getLast();
    try {
      for (String each : of(before, begun)) {
        if (each.startsWith(begun)) {
          world.output().line(each);
        }
      }
    } catch (UsageException
        | KubeconfigException
        | ApiFailure
        | ConnectionException
        | UnreadableException _) {
      // Nothing is known to follow; a completion is no place for messages.
    }
  }

  private List<String> of(List<String> before, String begun) throws InterruptedException {
    CommandTree.Found found = CommandTree.find(before, world.program());
    if (found.command().isEmpty()) {
      return begun.startsWith("-") ? named(CommandTree.global()) : next(found.group());
    }
    Outline outline = found.command().get().outline();
    List<Flag> flags = new ArrayList<>(CommandTree.global());
    flags.addAll(outline.flags());
    if (begun.startsWith("-")) {
      return named(flags);
    }
    List<String> deeper = next(found.group());
    boolean goesOn = deeper.stream().anyMatch(word -> word.startsWith(begun));
    if (goesOn && !begun.isEmpty() && found.rest().isEmpty()) {
      return deeper;
    }
    var arguments = new FlagParser(flags).parse(found.rest());
    Session session = new Session(world, arguments.without(outline.flags()));
    return operands(outline, arguments.positional(), session);
  }

  private static List<String> named(List<Flag> flags) {
    return flags.stream()
        .map(flag -> "--" + flag.name() + (flag.kind() == Flag.Kind.TRUTH ? "" : "="))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> next(List<String> group) {
    return CommandTree.outlines().stream()
        .map(Outline::words)
        .filter(name -> name.size() > group.size() && name.subList(0, group.size()).equals(group))
        .map(name -> name.get(group.size()))
        .distinct()
        .toList();
  }

  private static List<String> operands(Outline outline, List<String> given, Session session)
      throws InterruptedException {
    String shown = outline.operands();
    if (shown.contains("TYPE/NAME")) {
      return given.isEmpty()
          ? Stream.concat(
                  prefixed("vm/", Kind.MACHINE, session), prefixed("vmi/", Kind.INSTANCE, session))
              .toList()
          : List.of();
    }
    List<String> operands = List.of(shown.split(" ", -1));
    if (given.size() >= operands.size()) {
      return List.of();
    }
    return switch (operands.get(given.size())) {
      case "VM" -> names(Kind.MACHINE, session);
      case "VMI" -> names(Kind.INSTANCE, session);
      case "NAME" -> {
        Optional<Kind> kind = Kind.of(given.getLast());
        yield kind.isPresent() ? names(kind.get(), session) : List.of();
      }
      default ->
          List.of(operands.get(given.size()).split("\\|", -1)).stream()
              .filter(each -> !each.isEmpty())
              .toList();
    };
  }

  private static Stream<String> prefixed(String prefix, Kind kind, Session session)
      throws InterruptedException {
    return names(kind, session).stream().map(name -> prefix + name);
  }

  private static List<String> names(Kind kind, Session session) throws InterruptedException {
    return session.api().get(ApiPath.objects(kind, session.namespace())).list("items").stream()
        .map(each -> each.at("metadata").text("name"))
        .sorted()
        .toList();
  }
}
