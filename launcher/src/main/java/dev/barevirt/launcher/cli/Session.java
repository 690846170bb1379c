package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.output.Output;
import dev.barevirt.launcher.cli.output.Progress;
import dev.barevirt.launcher.cli.spec.HostFiles;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a command is given to work with.
 *
 * @param globals the global options; filled once the arguments are parsed
 * @param out where everything is said
 * @param in the user's input
 * @param environment the process's variables
 * @param directory where relative paths of the command line start
 */
record Session(
    Globals globals, Output out, InputStream in, Map<String, String> environment, Path directory) {

  /** The machines in the directories that flags and variables name. */
  Machines machines() {
    return new Workplace(this).machines();
  }

  /** The places and tools of this host. */
  Workplace workplace() {
    return new Workplace(this);
  }

  /** The user's files. */
  HostFiles files() {
    return new HostFiles(directory, Path.of(environment.getOrDefault("HOME", "/")));
  }

  /** {@code --timeout}, or what suits the command. */
  Duration timeout(Duration usual) {
    return Optional.ofNullable(globals.timeout).orElse(usual);
  }

  /** Says what is being waited for, should it take longer than a second. */
  Progress progress(String doing) {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("progress").unstarted(task));
    return out.progress(doing, ticks);
  }
}
