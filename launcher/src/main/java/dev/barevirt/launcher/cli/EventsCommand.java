package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.LauncherEvent;
import dev.barevirt.launcher.cli.live.Contract;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.output.Format;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.qmp.wire.WireException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "events",
    description =
        "Prints what has happened to a machine, and with -f what happens from now on, until it"
            + " ends.",
    footer = {"  launcher events web", "  launcher events web -f -o json"})
final class EventsCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the machine ends")
  boolean follow;

  EventsCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    MachineStatus machine = machines.status(name);
    past(machine.directory().events());
    if (follow && machine.active()) {
      follow(machines, machine);
    }
    return DONE;
  }

  private void past(Path file) {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      lines.forEach(line -> Contract.readEvent(line).ifPresent(this::print));
    } catch (java.nio.file.NoSuchFileException e) {
      // nothing has happened yet
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private void follow(Machines machines, MachineStatus machine) throws InterruptedException {
    try (Resident resident = machines.dial(machine)) {
      GuestReport report = resident.subscribe();
      while (!report.phase().isFinal()) {
        Optional<LauncherEvent> event = resident.next(Duration.ofHours(1));
        if (event.isEmpty()) {
          continue;
        }
        switch (event.get()) {
          case LauncherEvent.Happened happened -> print(happened);
          case LauncherEvent.ReportChanged changed -> report = changed.report();
        }
      }
    } catch (WireException.Disconnected e) {
      // The launcher ends after its guest.
    }
  }

  private void print(LauncherEvent.Happened event) {
    if (session.out().format() == Format.JSON) {
      session.out().jsonLine(Contract.tree(event));
      return;
    }
    String message = event.message() == null ? "" : "  " + Text.printable(event.message());
    session.out().line(event.time() + "  " + event.type() + message);
  }
}
