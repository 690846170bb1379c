package dev.barevirt.virtctl;

import dev.barevirt.api.json.EditDistance;
import dev.barevirt.virtctl.command.Command;
import dev.barevirt.virtctl.command.CompletionCommand;
import dev.barevirt.virtctl.command.ConsoleCommand;
import dev.barevirt.virtctl.command.CreateVmCommand;
import dev.barevirt.virtctl.command.CredentialsCommand;
import dev.barevirt.virtctl.command.ExposeCommand;
import dev.barevirt.virtctl.command.GuestCommand;
import dev.barevirt.virtctl.command.MigrateCancelCommand;
import dev.barevirt.virtctl.command.MigrateCommand;
import dev.barevirt.virtctl.command.OptionsCommand;
import dev.barevirt.virtctl.command.PauseCommand;
import dev.barevirt.virtctl.command.PermittedDevicesCommand;
import dev.barevirt.virtctl.command.PortForwardCommand;
import dev.barevirt.virtctl.command.RebootCommand;
import dev.barevirt.virtctl.command.ScpCommand;
import dev.barevirt.virtctl.command.ScreenshotCommand;
import dev.barevirt.virtctl.command.SshCommand;
import dev.barevirt.virtctl.command.StartCommand;
import dev.barevirt.virtctl.command.StopCommand;
import dev.barevirt.virtctl.command.VersionCommand;
import dev.barevirt.virtctl.command.VncCommand;
import dev.barevirt.virtctl.command.VolumeCommand;
import dev.barevirt.virtctl.flag.Flag;
import dev.barevirt.virtctl.flag.FlagParser;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;
import dev.barevirt.virtctl.kubeconfig.ConnectionFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All commands, and the one that a command line names. */
final class CommandTree {
  /** The flag every command has. */
  static final Flag HELP = Flag.truth("help", "Print help").or('h');

  private static final List<Command> COMMANDS =
      List.of(
          new StartCommand(),
          StopCommand.stop(),
          StopCommand.restart(),
          PauseCommand.pause(),
          PauseCommand.unpause(),
          RebootCommand.soft(),
          RebootCommand.reset(),
          new MigrateCommand(),
          new MigrateCancelCommand(),
          VolumeCommand.add(),
          VolumeCommand.remove(),
          new ConsoleCommand(),
          new VncCommand(),
          new ScreenshotCommand(),
          new PortForwardCommand(),
          new SshCommand(),
          new ScpCommand(),
          new ExposeCommand(),
          new CreateVmCommand(),
          CredentialsCommand.addKey(),
          CredentialsCommand.removeKey(),
          CredentialsCommand.setPassword(),
          new PermittedDevicesCommand(),
          new CompletionCommand(),
          new OptionsCommand(Help.options(global())),
          GuestCommand.system(),
          GuestCommand.users(),
          GuestCommand.fileSystems(),
          new VersionCommand());

  /**
   * Where a command line leads.
   *
   * @param group the words of a group of commands, when no command is named; may be empty
   * @param command the command that is named
   * @param rest what follows its name, and the flags before it
   */
  record Found(List<String> group, Optional<Command> command, List<String> rest) {}

  private CommandTree() {}

  /** All commands. */
  static List<Command> commands() {
    return COMMANDS;
  }

  /** Commands by name. */
  static List<Outline> outlines() {
    return COMMANDS.stream()
        .map(Command::outline)
        .sorted(Comparator.comparing(Outline::name))
        .toList();
  }

  /** The flags every command has. */
  static List<Flag> global() {
    List<Flag> flags = new ArrayList<>(ConnectionFlags.ALL);
    flags.add(HELP);
    return flags;
  }

  /** Finds the command; flags may stand before and between its words. */
  static Found find(List<String> arguments, String program) {
    FlagParser globals = new FlagParser(global());
    List<String> words = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean flag = argument.startsWith("-");
      if (flag || !continues(words, argument)) {
        if (!flag && !leads(words)) {
          throw unknown(words, argument, program);
        }
        rest.add(argument);
        if (flag && globals.takesNext(argument) && i + 1 < arguments.size()) {
          rest.add(arguments.get(++i));
        }
        continue;
      }
      words.add(argument);
    }
    return new Found(words, command(words), rest);
  }

  private static boolean leads(List<String> words) {
    return command(words).isPresent();
  }

  /** Whether some command's name goes on with the word. */
  private static boolean continues(List<String> words, String word) {
    List<String> longer = new ArrayList<>(words);
    longer.add(word);
    return COMMANDS.stream()
        .map(command -> command.outline().words())
        .anyMatch(
            name -> name.size() >= longer.size() && name.subList(0, longer.size()).equals(longer));
  }

  private static Optional<Command> command(List<String> words) {
    return COMMANDS.stream().filter(command -> command.outline().words().equals(words)).findFirst();
  }

  private static UsageException unknown(List<String> words, String word, String program) {
    String before = words.isEmpty() ? program : program + " " + String.join(" ", words);
    String message = "unknown command \"%s\" for \"%s\"".formatted(word, before);
    List<String> near =
        COMMANDS.stream()
            .map(command -> command.outline().words())
            .filter(
                name -> name.size() > words.size() && name.subList(0, words.size()).equals(words))
            .map(name -> name.get(words.size()))
            .distinct()
            .filter(each -> each.startsWith(word) || EditDistance.between(each, word) <= 2)
            .toList();
    return new UsageException(
        near.isEmpty()
            ? message
            : message + "\n\nDid you mean this?\n\t" + String.join("\n\t", near));
  }
}
