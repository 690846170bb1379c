package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** Builds the Picocli command line with just the command that is asked for in it. */
final class CommandTree {
  private final Globals globals;
  private final CommandFactory factory;

  /**
   * The tree with one command in it.
   *
   * @param root what parses the arguments
   * @param command the command itself
   */
  record Branch(CommandLine root, CommandLine command) {}

  CommandTree(Globals globals, CommandFactory factory) {
    this.globals = globals;
    this.factory = factory;
  }

  /**
   * The command named by the arguments' first words: one word, a group and one word, or nothing.
   */
  static List<String> words(List<String> arguments) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("-")) {
        i += Globals.takesValue(argument) ? 1 : 0;
        continue;
      }
      words.add(argument);
      if (words.size() == 2 || !Verb.GROUPS.contains(argument)) {
        break;
      }
    }
    return words;
  }

  /** The root with the one command in it, its group between them if it has one. */
  Branch with(Verb verb) {
    CommandLine root = root();
    CommandLine parent = root;
    for (String group : verb.words().subList(0, verb.words().size() - 1)) {
      var inner = new CommandLine(CommandSpec.create().name(group));
      parent.addSubcommand(group, inner);
      parent = inner;
    }
    Action action = factory.create(verb);
    var command = new CommandLine(action);
    command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    parent.addSubcommand(verb.words().getLast(), command);
    configure(root);
    command.setStopAtPositional(action.passesArgumentsOn());
    return new Branch(root, command);
  }

  /** The root alone, for its own help. */
  CommandLine root() {
    return configure(new CommandLine(globals));
  }

  private static CommandLine configure(CommandLine line) {
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(false)
        .setAbbreviatedOptionsAllowed(false)
        .setUnmatchedOptionsArePositionalParams(false)
        .registerConverter(Duration.class, CommandTree::duration);
  }

  private static Duration duration(String text) {
    try {
      return Text.duration(text);
    } catch (CliFailure e) {
      throw new TypeConversionException(e.sentence());
    }
  }
}
