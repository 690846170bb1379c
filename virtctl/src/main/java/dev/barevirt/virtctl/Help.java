package dev.barevirt.virtctl;

import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.Outline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text of --help; pure. */
final class Help {
  private final String program;

  /** For a program of this name. */
  Help(String program) {
    this.program = program;
  }

  /** Of the whole, or of a group of commands. */
  String group(List<String> words, List<Outline> all) {
    Map<String, String> entries = new TreeMap<>();
    for (Outline outline : all) {
      List<String> name = outline.words();
      if (name.size() > words.size() && name.subList(0, words.size()).equals(words)) {
        String word = name.get(words.size());
        boolean deeper = name.size() > words.size() + 1;
        entries.merge(
            word,
            deeper ? "Commands for " + word : outline.summary(),
            (one, other) -> deeper ? one : other);
      }
    }
    String name = words.isEmpty() ? program : program + " " + String.join(" ", words);
    var text = new StringBuilder();
    if (words.isEmpty()) {
      text.append(program).append(" controls virtual machines on a cluster.\n\n");
    }
    text.append("Usage:\n  ").append(name).append(" COMMAND [flags]\n\nAvailable Commands:\n");
    entries.forEach((word, summary) -> text.append("  %-20s%s\n".formatted(word, summary)));
    text.append("\nUse \"").append(name).append(" COMMAND --help\" for more about a command.\n");
    text.append("Use \"")
        .append(program)
        .append(" options\" for the flags that every command has.\n");
    return text.toString();
  }

  /** Of one command. */
  String command(Outline outline) {
    var text = new StringBuilder(outline.summary()).append(".\n\nUsage:\n  ");
    text.append(program).append(' ').append(outline.name());
    text.append(outline.operands().isEmpty() ? "" : " " + outline.operands()).append(" [flags]\n");
    if (!outline.examples().isEmpty()) {
      text.append("\nExamples:\n");
      outline
          .examples()
          .forEach(line -> text.append("  ").append(program).append(' ').append(line).append('\n'));
    }
    if (!outline.flags().isEmpty()) {
      text.append("\nFlags:\n").append(flags(outline.flags()));
    }
    return text.append("\nUse \"")
        .append(program)
        .append(" options\" for the flags that every command has.\n")
        .toString();
  }

  /** Of the flags every command has. */
  static String options(List<Flag> flags) {
    return "The following flags can be passed to any command:\n\n" + flags(flags);
  }

  private static String flags(List<Flag> flags) {
    List<String> left = flags.stream().map(Help::left).toList();
    int width = left.stream().mapToInt(String::length).max().orElse(0);
    var text = new StringBuilder();
    for (int i = 0; i < flags.size(); i++) {
      text.append(left.get(i)).append(" ".repeat(width - left.get(i).length() + 3));
      text.append(flags.get(i).summary()).append(fallback(flags.get(i))).append('\n');
    }
    return text.toString();
  }

  private static String left(Flag flag) {
    String letter = flag.letter() == null ? "      " : "  -" + flag.letter() + ", ";
    String value = flag.kind() == Flag.Kind.TRUTH ? "" : " " + flag.kind().word();
    return letter + "--" + flag.name() + value;
  }

  private static String fallback(Flag flag) {
    return switch (flag.kind()) {
      case TRUTH -> flag.fallback().equals("true") ? " (default true)" : "";
      case NUMBER -> flag.fallback().equals("0") ? "" : " (default " + flag.fallback() + ")";
      case TEXT -> flag.fallback().isEmpty() ? "" : " (default \"" + flag.fallback() + "\")";
      case TEXTS, LIST -> "";
    };
  }
}
