package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "screenshot",
    description =
        "Saves what the machine's first screen shows as a PNG file. The file must not exist yet.",
    footer = {"  launcher screenshot web screen.png"})
final class ScreenshotCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The new file")
  String file = "";

  ScreenshotCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Path target = NewFile.named(session, file);
    Machines machines = session.machines();
    try (Resident resident = machines.dial(machines.status(name))) {
      resident.call(new LauncherCommand.Screenshot(target.toString()));
    }
    session.out().line(target.toString());
    return DONE;
  }
}
