package dev.barevirt.launcher.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    description =
        "Prints a script that lets a shell complete commands, options and the names of machines.",
    footer = {
      "  source <(launcher completion bash)",
      "  launcher completion zsh > ~/.zfunc/_launcher",
      "  launcher completion fish > ~/.config/fish/completions/launcher.fish"
    })
final class CompletionCommand implements Action {
  /** The shells there is a script for. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  private final Session session;

  @Parameters(index = "0", paramLabel = "bash|zsh|fish", description = "The shell")
  Shell shell = Shell.BASH;

  CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    // A tree of its own: this one is being used to run us.
    var tree = new CommandTree(new Globals(), new CommandFactory(session));
    List<Completion.Entry> entries =
        Arrays.stream(Verb.values()).map(verb -> entry(verb, tree.with(verb).command())).toList();
    session
        .out()
        .text(
            switch (shell) {
              case BASH -> Completion.bash(entries);
              case ZSH -> Completion.zsh(entries);
              case FISH -> Completion.fish(entries);
            });
    return DONE;
  }

  private static Completion.Entry entry(Verb verb, CommandLine command) {
    List<String> options =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(option -> option.longestName())
            .sorted()
            .toList();
    String argument =
        command.getCommandSpec().positionalParameters().stream()
            .map(PositionalParamSpec::paramLabel)
            .findFirst()
            .orElse("");
    Completion.Argument kind =
        switch (argument) {
          case "NAME" -> Completion.Argument.MACHINE;
          case "IMAGE" -> Completion.Argument.IMAGE;
          case "bash|zsh|fish" -> Completion.Argument.SHELL;
          default -> Completion.Argument.FILE;
        };
    return new Completion.Entry(verb.words(), verb.summary(), options, kind);
  }
}
