package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description =
        "Starts a stopped machine from a file that 'save' wrote. Its disks must be as they were"
            + " then.",
    footer = {"  launcher restore web web.saved"})
final class RestoreCommand implements Action {
  private static final Duration USUAL = Duration.ofMinutes(10);

  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The saved state")
  String file = "";

  RestoreCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Path saved = Path.of(session.files().absolute(file));
    if (!Files.isRegularFile(saved)) {
      throw CliFailure.of(ExitCode.NOT_FOUND, "there is no file " + saved);
    }
    session.workplace().qemu();
    Machines machines = session.machines();
    try (Progress _ = session.progress("restoring '" + name + "'");
        Resident _ = machines.restore(machines.status(name), saved, session.timeout(USUAL))) {
      session.out().line(name);
      return DONE;
    }
  }
}
