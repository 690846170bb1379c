package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.term.Console;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "console",
    description = {
      "Attaches this terminal to the guest's first serial port. ^] leaves; the machine goes on.",
      "Without a terminal it copies: input to the guest, what the guest prints to the output; when"
          + " the input has ended, it leaves once the guest has been silent for a while."
    },
    footer = {
      "  launcher console web",
      "  launcher console web --log",
      "  echo reboot | launcher console web"
    })
final class ConsoleCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Option(names = "--log", description = "Print first what the guest has printed so far")
  boolean replay;

  @Option(
      names = "--silence",
      paramLabel = "TIME",
      description = "How long the guest must be silent after the input's end (default: 2s)")
  Duration silence = Duration.ofSeconds(2);

  ConsoleCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    MachineStatus machine = machines.status(name);
    try (Resident resident = machines.dial(machine)) {
      Console.End end = new ConsoleView(session, resident).attach(name, replay, silence);
      if (end == Console.End.LEFT) {
        session.out().note("left the console of '" + name + "', which goes on");
      }
      return DONE;
    }
  }
}
