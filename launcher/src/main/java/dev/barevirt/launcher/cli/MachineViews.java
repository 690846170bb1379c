package dev.barevirt.launcher.cli;

import dev.barevirt.api.launcher.AgentReport;
import dev.barevirt.api.launcher.GuestReport;
import dev.barevirt.api.launcher.QemuReport;
import dev.barevirt.api.v1.domain.Cpu;
import dev.barevirt.api.v1.domain.Memory;
import dev.barevirt.launcher.cli.live.Contract;
import dev.barevirt.launcher.cli.live.MachineStatus;
import dev.barevirt.launcher.cli.output.Column;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.output.View;
import dev.barevirt.launcher.cli.spec.HostNotes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How machines are shown. */
final class MachineViews {
  private MachineViews() {}

  /** A machine in a list. */
  static View<MachineStatus> status(Instant now) {
    return new View<>(
        MachineStatus::name,
        MachineViews::tree,
        List.of(
            Column.of("NAME", MachineStatus::name),
            Column.of("STATE", MachineStatus::word),
            Column.of("UP", machine -> up(machine, now)),
            Column.of("CPUS", machine -> cpus(machine)),
            Column.of("MEMORY", machine -> memory(machine)),
            Column.of("PORTS", machine -> note(machine, HostNotes.PUBLISH)),
            Column.wide("ADDRESS", MachineViews::address),
            Column.wide("ACCEL", machine -> qemu(machine, q -> text(q.accelerator()))),
            Column.wide("MACHINE", machine -> qemu(machine, q -> text(q.machineType()))),
            Column.wide("PID", machine -> qemu(machine, q -> text(q.pid()))),
            Column.wide("REASON", MachineViews::reason),
            Column.wide("DIRECTORY", machine -> machine.directory().state().toString())));
  }

  private static Object tree(MachineStatus machine) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", machine.name());
    tree.put("state", machine.word());
    tree.put("directory", machine.directory().state().toString());
    machine.report().ifPresent(report -> tree.put("report", Contract.tree(report)));
    return tree;
  }

  private static String up(MachineStatus machine, Instant now) {
    return machine
        .report()
        .filter(_ -> machine.active())
        .map(GuestReport::startedAt)
        .flatMap(MachineViews::instant)
        .map(since -> Text.age(Duration.between(since, now)))
        .orElse("");
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty(); // written by a launcher that writes times otherwise
    }
  }

  private static String cpus(MachineStatus machine) {
    Cpu cpu = machine.vmi().spec().domain().cpu();
    if (cpu == null) {
      return "1";
    }
    return Long.toString(
        atLeastOne(cpu.cores()) * atLeastOne(cpu.sockets()) * atLeastOne(cpu.threads()));
  }

  private static long atLeastOne(@org.jspecify.annotations.Nullable Number count) {
    return count == null ? 1 : Math.max(1, count.longValue());
  }

  private static String memory(MachineStatus machine) {
    Memory memory = machine.vmi().spec().domain().memory();
    return memory == null || memory.guest() == null ? "" : memory.guest().toString();
  }

  private static String note(MachineStatus machine, String key) {
    return machine.vmi().metadata().annotations().getOrDefault(key, "");
  }

  private static String address(MachineStatus machine) {
    return machine.report().map(GuestReport::agent).stream()
        .flatMap(agent -> agent.interfaces().stream())
        .map(AgentReport.Interface::addresses)
        .flatMap(List::stream)
        .filter(address -> !address.startsWith("127.") && !address.startsWith("::1"))
        .findFirst()
        .orElse("");
  }

  private static String qemu(MachineStatus machine, Function<QemuReport, String> part) {
    return machine
        .report()
        .filter(_ -> machine.active())
        .map(GuestReport::qemu)
        .map(part)
        .orElse("");
  }

  private static String reason(MachineStatus machine) {
    return machine.report().map(GuestReport::reason).map(Enum::name).orElse("");
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
