package dev.barevirt.launcher.cli;

import java.util.List;
import java.util.function.Predicate;

/** The completion scripts, made from the commands as they are; pure. */
final class Completion {
  private Completion() {}

  /** What a command's first argument is. */
  enum Argument {
    MACHINE("$(launcher ps -a -o name 2>/dev/null)"),
    IMAGE("$(launcher image ls -o name 2>/dev/null)"),
    SHELL("bash zsh fish"),
    FILE("");

    private final String words;

    Argument(String words) {
      this.words = words;
    }
  }

  /**
   * One command.
   *
   * @param words how it is typed
   * @param summary one line about it
   * @param options its options' long names
   * @param argument what its first argument is
   */
  record Entry(List<String> words, String summary, List<String> options, Argument argument) {}

  static String bash(List<Entry> entries) {
    var text = new StringBuilder();
    text.append(
        "# bash completion for launcher. Load it with: source <(launcher completion bash)\n");
    text.append("_launcher() {\n");
    text.append("  local word=${COMP_WORDS[COMP_CWORD]} command= part\n");
    text.append("  for part in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n");
    text.append("    case $part in -*) ;; *) command=\"${command:+$command }$part\" ;; esac\n");
    text.append("    case $command in ")
        .append(String.join("|", Verb.GROUPS))
        .append(") ;; *[!\\ ]*) break ;; esac\n");
    text.append("  done\n");
    text.append("  case $command in\n");
    text.append(bashCase("''", Verb.wordsIn(""), Argument.FILE));
    for (String group : groups(entries)) {
      text.append(bashCase(group, Verb.wordsIn(group), Argument.FILE));
    }
    for (Entry entry : entries) {
      String pattern = "'" + String.join(" ", entry.words()) + "'";
      text.append(bashCase(pattern, entry.options(), entry.argument()));
    }
    text.append("  esac\n}\n");
    return text.append("complete -o default -F _launcher launcher\n").toString();
  }

  private static String bashCase(String pattern, List<String> words, Argument argument) {
    boolean options = !words.isEmpty() && words.getFirst().startsWith("-");
    String candidates = String.join(" ", words);
    if (!options) {
      return "    %s) COMPREPLY=($(compgen -W \"%s\" -- \"$word\")) ;;\n"
          .formatted(pattern, candidates);
    }
    String dashed = "COMPREPLY=($(compgen -W \"%s\" -- \"$word\"))".formatted(candidates);
    if (argument == Argument.FILE) {
      return "    %s) [[ $word != -* ]] || %s ;;\n".formatted(pattern, dashed);
    }
    return "    %s) if [[ $word == -* ]]; then %s; else COMPREPLY=($(compgen -W \"%s\" -- \"$word\")); fi ;;\n"
        .formatted(pattern, dashed, argument.words);
  }

  static String zsh(List<Entry> entries) {
    var text =
        new StringBuilder("#compdef launcher\n# zsh completion for launcher.\n_launcher() {\n");
    text.append("  local -a found\n  local command=\"${words[2]}\"\n");
    text.append("  case $command in ").append(String.join("|", Verb.GROUPS));
    text.append(") (( CURRENT > 3 )) && command=\"$command ${words[3]}\" ;; esac\n");
    text.append("  if (( CURRENT == 2 )); then\n    found=(\n");
    describe(text, entries, entry -> true, 0);
    text.append("    )\n    _describe command found\n    return\n  fi\n  case $command in\n");
    for (String group : groups(entries)) {
      text.append("    ").append(group).append(")\n      found=(\n");
      describe(text, entries, entry -> entry.words().getFirst().equals(group), 1);
      text.append("      )\n      _describe command found ;;\n");
    }
    for (Entry entry : entries) {
      String words = String.join(" ", entry.words());
      text.append("    '")
          .append(words)
          .append("')\n      if [[ $PREFIX == -* ]]; then compadd -- ");
      text.append(String.join(" ", entry.options())).append("; else ");
      text.append(
          entry.argument() == Argument.FILE
              ? "_files"
              : "compadd -- " + zshWords(entry.argument()));
      text.append("; fi ;;\n");
    }
    return text.append("  esac\n}\ncompdef _launcher launcher\n").toString();
  }

  private static String zshWords(Argument argument) {
    return argument == Argument.SHELL ? argument.words : "${(f)\"" + argument.words + "\"}";
  }

  private static void describe(
      StringBuilder text, List<Entry> entries, Predicate<Entry> wanted, int word) {
    entries.stream()
        .filter(wanted)
        .filter(entry -> entry.words().size() > word)
        .map(entry -> entry.words().get(word) + ":" + summary(entry, word))
        .distinct()
        .forEach(line -> text.append("      '").append(line.replace("'", "'\\''")).append("'\n"));
  }

  /** A group's word stands for several commands, so no one summary fits it. */
  private static String summary(Entry entry, int word) {
    return word == 0 && entry.words().size() > 1
        ? "Commands for " + entry.words().getFirst()
        : entry.summary();
  }

  static String fish(List<Entry> entries) {
    var text = new StringBuilder("# fish completion for launcher.\ncomplete -c launcher -f\n");
    entries.stream()
        .map(
            entry -> fishLine("__fish_use_subcommand", entry.words().getFirst(), summary(entry, 0)))
        .distinct()
        .forEach(text::append);
    for (Entry entry : entries) {
      String first = entry.words().getFirst();
      String seen = "__fish_seen_subcommand_from " + first;
      if (entry.words().size() > 1) {
        String second = entry.words().getLast();
        text.append(fishLine(seen, second, entry.summary()));
        seen = seen + "; and __fish_seen_subcommand_from " + second;
      }
      if (entry.argument() != Argument.FILE) {
        String words = entry.argument().words.replace("$(", "(");
        text.append("complete -c launcher -n '%s' -a '%s'\n".formatted(seen, words));
      } else {
        text.append("complete -c launcher -n '%s' -F\n".formatted(seen));
      }
      for (String option : entry.options()) {
        text.append("complete -c launcher -n '%s' -l %s\n".formatted(seen, option.substring(2)));
      }
    }
    return text.toString();
  }

  private static String fishLine(String condition, String word, String summary) {
    return "complete -c launcher -n '%s' -a %s -d '%s'\n"
        .formatted(condition, word, summary.replace("'", "\\'"));
  }

  private static List<String> groups(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.words().size() > 1)
        .map(entry -> entry.words().getFirst())
        .distinct()
        .toList();
  }
}
