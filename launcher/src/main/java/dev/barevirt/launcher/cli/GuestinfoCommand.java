package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.LauncherCommand;
import dev.barevirt.launcher.cli.live.Contract;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.cli.live.Resident;
import dev.barevirt.launcher.cli.output.Column;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.output.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "guestinfo",
    description = "Asks the guest's agent about its system, addresses, users and file systems.",
    footer = {"  launcher guestinfo web", "  launcher guestinfo web -o json"})
final class GuestinfoCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  GuestinfoCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    Machines machines = session.machines();
    try (Resident resident = machines.dial(machines.status(name))) {
      AgentReport info = resident.call(new LauncherCommand.AgentInfo());
      switch (session.out().format()) {
        case JSON, YAML -> session.out().document(Contract.tree(info));
        case TABLE, WIDE, NAME -> session.out().objects(FACTS, facts(info));
      }
      return DONE;
    }
  }

  private static final View<Map.Entry<String, String>> FACTS =
      new View<>(
          Map.Entry::getKey,
          entry -> entry,
          List.of(Column.of("FACT", Map.Entry::getKey), Column.of("VALUE", Map.Entry::getValue)));

  private static List<Map.Entry<String, String>> facts(AgentReport info) {
    List<Map.Entry<String, String>> facts = new ArrayList<>();
    add(facts, "hostname", info.hostname());
    AgentReport.Os os = info.os();
    if (os != null) {
      add(facts, "system", os.name());
      add(facts, "kernel", os.kernelRelease());
      add(facts, "architecture", os.machine());
    }
    add(facts, "timezone", info.timezone());
    add(facts, "agent", info.version());
    info.interfaces()
        .forEach(
            card -> add(facts, "interface " + card.name(), String.join(" ", card.addresses())));
    info.filesystems().forEach(files -> add(facts, "mounted " + files.mountpoint(), space(files)));
    info.users().forEach(user -> add(facts, "user", user.name()));
    return facts;
  }

  private static String space(AgentReport.Filesystem files) {
    Long used = files.usedBytes();
    Long total = files.totalBytes();
    String space =
        used == null || total == null ? "" : ", " + Text.size(used) + " of " + Text.size(total);
    return files.type() + space;
  }

  private static void add(
      List<Map.Entry<String, String>> facts, String fact, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(Map.entry(fact, value));
    }
  }
}
