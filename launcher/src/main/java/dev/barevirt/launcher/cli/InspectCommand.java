package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Contract;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.live.Machines;
import dev.barevirt.launcher.store.MachineDirectory;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "inspect",
    description =
        "Prints all that is known about a machine: what was asked for, what its launcher reports,"
            + " where its files are.",
    footer = {"  launcher inspect web", "  launcher inspect web -o json"})
final class InspectCommand implements Action {
  private final Session session;

  @Parameters(index = "0", paramLabel = "NAME", description = "The machine")
  String name = "";

  InspectCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() {
    MachineStatus machine = session.machines().status(name);
    MachineDirectory directory = machine.directory();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", machine.name());
    tree.put("state", machine.word());
    tree.put("stateDirectory", directory.state().toString());
    tree.put("runtimeDirectory", directory.runtime().toString());
    tree.put("spec", Contract.tree(machine.vmi()));
    machine.report().ifPresent(report -> tree.put("report", Contract.tree(report)));
    Machines.earlier(machine)
        .ifPresent(request -> tree.put("given", given(Contract.tree(request))));
    session.out().document(tree);
    return DONE;
  }

  /** What the host resolved; the machine itself is printed already. */
  private static Map<String, Object> given(Map<String, Object> request) {
    Map<String, Object> rest = new LinkedHashMap<>(request);
    rest.remove("vmi");
    return rest;
  }
}
