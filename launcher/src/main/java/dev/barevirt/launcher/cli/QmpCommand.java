package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.WireException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "qmp",
    description = {
      "Sends one command to QEMU's monitor and prints the answer.",
      "Commands that only ask (query-..., qom-get, qom-list) are passed on; others change the"
          + " machine behind the launcher's back and need --unsafe."
    },
    footer = {
      "  launcher qmp web query-status",
      "  launcher qmp web '{\"execute\": \"qom-list\", \"arguments\": {\"path\": \"/machine\"}}'"
    })
final class QmpCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Parameters(
      index = "1",
      paramLabel = "COMMAND",
      description = "A command's name, or a whole QMP object")
  String command = "";

  @Option(names = "--unsafe", description = "Also pass on commands that change something")
  boolean unsafe;

  QmpCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    LauncherCommand.Qmp asked = asked();
    boolean asks =
        asked.command().startsWith("query-")
            || asked.command().matches("qom-(get|list.*)|device-list-properties");
    if (!asks && !unsafe) {
      throw CliFailure.of(
              ExitCode.USAGE, "'" + Text.printable(asked.command()) + "' may change the machine")
          .advising("say --unsafe if that is meant");
    }
    Machines machines = session.machines();
    try (Resident resident = machines.dial(machines.status(name))) {
      String answer = resident.call(asked).json();
      session.out().line(answer);
    }
    return DONE;
  }

  private LauncherCommand.Qmp asked() {
    if (!command.stripLeading().startsWith("{")) {
      return new LauncherCommand.Qmp(command, null);
    }
    try {
      Json object = Json.parse(command);
      String execute = object.at("execute").text();
      if (execute.isEmpty()) {
        throw CliFailure.usage("the QMP object has no \"execute\"");
      }
      Json arguments = object.at("arguments");
      return new LauncherCommand.Qmp(execute, arguments.isPresent() ? arguments.toString() : null);
    } catch (WireException.Malformed e) {
      throw CliFailure.usage("the command is neither a name nor a JSON object");
    }
  }
}
