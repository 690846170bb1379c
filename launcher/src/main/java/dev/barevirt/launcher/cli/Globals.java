package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Format;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options every command takes, before or after its name. */
@Command(name = "launcher")
final class Globals {
  /** How notes and errors are written. */
  enum LogFormat {
    TEXT,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "Print objects as table, wide, json, yaml or name")
  Format format = Format.TABLE;

  @Option(
      names = "--state-dir",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description =
          "Where machines are kept (default: $$XDG_STATE_HOME/barevirt; root: /var/lib/barevirt)")
  @Nullable Path stateDir;

  @Option(
      names = "--runtime-dir",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description =
          "Where sockets are kept (default: $$XDG_RUNTIME_DIR/barevirt; root: /run/barevirt)")
  @Nullable Path runtimeDir;

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "TIME",
      description = "Give up waiting after this long, for example 90s or 5m")
  @Nullable Duration timeout;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print results and errors only")
  boolean quiet;

  @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "Never use colour")
  boolean noColor;

  @Option(
      names = "--log-format",
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "Write notes and errors as text or json")
  LogFormat logFormat = LogFormat.TEXT;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show help for a command")
  boolean help;

  /**
   * Global options that are followed by a value, to find the command's name among the arguments.
   */
  static boolean takesValue(String argument) {
    return switch (argument) {
      case "-o", "--output", "--state-dir", "--runtime-dir", "--timeout", "--log-format" -> true;
      default -> false;
    };
  }
}
