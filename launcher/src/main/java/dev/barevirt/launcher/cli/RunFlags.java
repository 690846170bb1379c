package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Waits;
import dev.barevirt.launcher.cli.output.CliFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code run} behaves, as opposed to what it runs. */
final class RunFlags {
  @Option(
      names = {"-d", "--detach"},
      description = "Return when the machine runs, and print its name")
  boolean detach;

  @Option(names = "--rm", description = "Delete the machine when it has ended")
  boolean remove;

  @Option(
      names = "--console",
      description = "Show the serial console (the default); with -d, until --wait is over")
  boolean console;

  @Option(names = "--headless", description = "Stay in the foreground without showing the console")
  boolean headless;

  @Option(
      names = "--wait",
      paramLabel = "agent|ssh|serial:REGEX",
      description = "With -d: return only when the guest is that far")
  @Nullable String wait;

  @Option(
      names = "--exec",
      paramLabel = "COMMAND",
      description = "Run a shell command in the guest through its agent, stop, and exit as it did")
  @Nullable String exec;

  /** Refuses what does not go together. */
  void check() {
    if (console && headless) {
      throw CliFailure.usage("--console and --headless exclude each other");
    }
    if (detach && exec != null) {
      throw CliFailure.usage("--exec needs the foreground, so it does not go with -d")
          .advising("leave out -d, or use 'launcher exec' afterwards");
    }
    if (wait != null && !detach) {
      throw CliFailure.usage("--wait needs -d")
          .advising("in the foreground the console shows how far it is");
    }
    if (exec != null && console) {
      throw CliFailure.usage("--exec shows the command's output, not the console");
    }
    condition();
  }

  /** What {@code --wait} waits for. */
  Waits.Condition condition() {
    return wait == null ? Waits.NOTHING : Waits.parse(wait);
  }
}
