package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.live.Contract;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.qemu.HostProbe;
import dev.barevirt.launcher.qemu.KvmProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

@Command(
    name = "capabilities",
    description =
        "Prints what QEMU on this host offers: accelerator, machine types, processor models,"
            + " devices, helpers.",
    footer = {"  launcher capabilities", "  launcher capabilities -o json"})
final class CapabilitiesCommand implements Action {
  private final Session session;

  CapabilitiesCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    String qemu = session.workplace().qemu().toString();
    HostProbe.Findings found = session.workplace().hostFacts().facts(qemu);
    session.out().document(tree(found));
    return DONE;
  }

  private static Map<String, Object> tree(HostProbe.Findings found) {
    HostFacts facts = found.facts();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("qemu", facts.qemu());
    tree.put("version", facts.version().toString());
    tree.put("accelerator", facts.accelerator().name().toLowerCase(Locale.ROOT));
    if (found.kvm() instanceof KvmProbe.Verdict.Unusable(String reason)) {
      tree.put("whyNotKvm", reason);
    }
    tree.put("features", sorted(facts.features().stream().map(Enum::name).toList()));
    tree.put("machineTypes", facts.machines().stream().map(Contract::tree).toList());
    tree.put("cpuModels", facts.cpuModels().stream().map(Contract::tree).toList());
    tree.put("firmware", facts.firmware().stream().map(CapabilitiesCommand::firmware).toList());
    Map<String, Object> helpers = new TreeMap<>();
    facts
        .sidecars()
        .forEach(
            (kind, program) -> helpers.put(kind.name().toLowerCase(Locale.ROOT), helper(program)));
    tree.put("helpers", helpers);
    tree.put("devices", sorted(List.copyOf(facts.devices())));
    return tree;
  }

  private static Map<String, Object> firmware(HostFacts.Firmware firmware) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("executable", firmware.executable());
    tree.put("variables", firmware.varsTemplate());
    tree.put("machines", firmware.machines());
    tree.put("features", sorted(List.copyOf(firmware.features())));
    return tree;
  }

  private static Map<String, Object> helper(HostFacts.SidecarProgram program) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("path", program.path());
    tree.put("version", program.version());
    tree.put("abilities", sorted(List.copyOf(program.abilities())));
    return tree;
  }

  private static List<String> sorted(List<String> words) {
    return words.stream().sorted().toList();
  }
}
