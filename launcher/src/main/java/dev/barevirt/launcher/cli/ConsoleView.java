package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.LauncherCommand.OpenStream;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.term.Console;
import dev.barevirt.launcher.cli.term.RawTerminal;
import dev.barevirt.qmp.wire.ByteStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A machine's serial console on the user's terminal or pipe. */
final class ConsoleView {
  private final Session session;
  private final Resident resident;

  ConsoleView(Session session, Resident resident) {
    this.session = session;
    this.resident = resident;
  }

  /**
   * Shows the console until one side has enough.
   *
   * @param silence after the end of piped input, leave when the guest was silent for so long; null:
   *     stay until the guest ends
   */
  Console.End attach(String name, boolean replay, @Nullable Duration silence)
      throws InterruptedException {
    boolean interactive = session.out().terminal().interactive();
    var console = new Console(session.in(), session.out().bytes(), interactive, silence);
    var command = new OpenStream(OpenStream.Stream.CONSOLE, replay, false);
    try (ByteStream stream = resident.open(command)) {
      if (!interactive) {
        return console.attach(stream);
      }
      session.out().note("console of '" + name + "', ^] leaves it");
      Console.End end;
      try (RawTerminal _ = RawTerminal.enter()) {
        end = console.attach(stream);
      }
      session.out().note("");
      return end;
    }
  }
}
