package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Output;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line: parses, runs the one command asked for, turns whatever goes wrong into one
 * sentence and an exit code.
 */
public final class LauncherCli {
  private final Output out;
  private final InputStream in;
  private final Map<String, String> environment;
  private final Path directory;

  /**
   * @param out where everything is said
   * @param in the user's input
   * @param environment the process's variables
   * @param directory where relative paths start
   */
  public LauncherCli(Output out, InputStream in, Map<String, String> environment, Path directory) {
    this.out = out;
    this.in = in;
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  /** Runs one command line and returns the exit status. Never throws. */
  public int run(List<String> arguments) {
    var globals = new Globals();
    var session = new Session(globals, out, in, environment, directory);
    var tree = new CommandTree(globals, new CommandFactory(session));
    try {
      return run(arguments, tree, globals);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      out.failure(CliFailure.of(ExitCode.TIMEOUT, "interrupted"));
      return 130;
    } catch (RuntimeException | Error e) {
      CliFailure failure = Failures.explain(e);
      out.failure(failure);
      if (failure.code() == ExitCode.LAUNCHER_ERROR && environment.containsKey("BAREVIRT_DEBUG")) {
        out.trace(e);
      }
      return failure.code().number();
    }
  }

  private int run(List<String> arguments, CommandTree tree, Globals globals)
      throws InterruptedException {
    List<String> words = CommandTree.words(arguments);
    if (!words.isEmpty() && words.getFirst().equals("help")) {
      return help(arguments.subList(arguments.indexOf("help") + 1, arguments.size()), tree);
    }
    if (words.equals(List.of()) && arguments.contains("--version")) {
      words = List.of("version");
      arguments = List.of("version");
    }
    Optional<Verb> verb = Verb.of(words);
    if (verb.isEmpty()) {
      return withoutCommand(words, arguments, tree);
    }
    CommandLine root = tree.with(verb.get()).root();
    ParseResult parsed = parse(root, arguments);
    style(globals);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    if (globals.help || parsed.isUsageHelpRequested()) {
      out.text(Help.command(parsed.commandSpec().commandLine()));
      return Action.DONE;
    }
    return ((Action) parsed.commandSpec().userObject()).run();
  }

  private int withoutCommand(List<String> words, List<String> arguments, CommandTree tree) {
    if (words.isEmpty()) {
      parse(tree.root(), arguments);
      out.text(Help.overview(tree.root()));
      return Action.DONE;
    }
    String group = words.getFirst();
    if (words.size() == 1 && Verb.GROUPS.contains(group)) {
      out.text(Help.group(group));
      return arguments.contains("--help") || arguments.contains("-h")
          ? Action.DONE
          : ExitCode.USAGE.number();
    }
    throw Failures.unknownCommand(words);
  }

  private int help(List<String> words, CommandTree tree) {
    if (words.isEmpty()) {
      out.text(Help.overview(tree.root()));
    } else if (words.size() == 1 && Verb.GROUPS.contains(words.getFirst())) {
      out.text(Help.group(words.getFirst()));
    } else {
      Verb verb = Verb.of(words).orElseThrow(() -> Failures.unknownCommand(words));
      out.text(Help.command(tree.with(verb).command()));
    }
    return Action.DONE;
  }

  private static ParseResult parse(CommandLine line, List<String> arguments) {
    try {
      return line.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw Failures.usage(e);
    }
  }

  private void style(Globals globals) {
    boolean plain =
        globals.noColor
            || environment.containsKey("NO_COLOR")
            || "dumb".equals(environment.get("TERM"));
    boolean json = globals.logFormat == Globals.LogFormat.JSON;
    out.style(new Output.Style(globals.format, globals.quiet, !plain, json));
  }
}
