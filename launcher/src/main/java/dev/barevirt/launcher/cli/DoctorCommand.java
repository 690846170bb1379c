package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.HostCheck;
import dev.barevirt.launcher.cli.output.Column;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.cli.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "doctor",
    description = {
      "Checks what this host can do for machines, and says how to fix what it cannot.",
      "Exits with 3 when machines cannot run at all; what only costs speed or features is a"
          + " warning."
    },
    footer = {"  launcher doctor", "  launcher doctor -o json"})
final class DoctorCommand implements Action {
  private final Session session;

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Workplace place = session.workplace();
    List<HostCheck> checks =
        HostCheck.all(place.programs(), place.locations(), place.qemuBinary(), place.hostFacts());
    session.out().objects(VIEW, checks);
    boolean fails = checks.stream().anyMatch(check -> check.state() == HostCheck.State.FAILS);
    return fails ? ExitCode.HOST_UNSUPPORTED.number() : DONE;
  }

  private static final View<HostCheck> VIEW =
      new View<>(
          HostCheck::what,
          check -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("check", check.what());
            tree.put("state", check.state().name().toLowerCase(Locale.ROOT));
            tree.put("found", check.found());
            tree.put("advice", check.advice());
            return tree;
          },
          List.of(
              Column.of("CHECK", HostCheck::what),
              Column.of("STATE", check -> check.state().name().toLowerCase(Locale.ROOT)),
              Column.of("FOUND", HostCheck::found),
              Column.of("ADVICE", HostCheck::advice)));
}
