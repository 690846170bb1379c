package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.HostFacts.CpuModel;
import dev.barevirt.launcher.machine.HostFacts.MachineType;
import dev.barevirt.launcher.machine.HostFacts.QemuVersion;
import dev.barevirt.qmp.wire.Json;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns QEMU's answers into our records. */
final class AbilitiesReader {
  private AbilitiesReader() {}

  /** From {@code query-version}. */
  static QemuVersion version(Json reply) {
    Json qemu = reply.at("qemu");
    return new QemuVersion(
        (int) qemu.at("major").integer(),
        (int) qemu.at("minor").integer(),
        (int) qemu.at("micro").integer());
  }

  /** From {@code query-machines}; the type that {@code none} is cannot run a guest. */
  static List<MachineType> machines(Json reply) {
    return reply.elements().stream()
        .filter(one -> !one.at("name").text().equals("none"))
        .map(
            one ->
                new MachineType(
                    one.at("name").text(),
                    one.at("alias").isPresent() ? List.of(one.at("alias").text()) : List.of(),
                    (int) one.at("cpu-max").integer(),
                    one.at("deprecated").bool()))
        .sorted(Comparator.comparing(MachineType::name))
        .toList();
  }

  /** From {@code query-cpu-definitions}. */
  static List<CpuModel> cpuModels(Json reply) {
    return reply.elements().stream()
        .map(
            one ->
                new CpuModel(
                    one.at("name").text(),
                    one.at("alias-of").text(),
                    one.at("unavailable-features").elements().stream()
                        .map(Json::text)
                        .distinct()
                        .toList()))
        .sorted(Comparator.comparing(CpuModel::name))
        .toList();
  }

  /** The names in an answer of {@code qom-list-types} or {@code device-list-properties}. */
  static Set<String> names(Json reply) {
    Set<String> names = new LinkedHashSet<>();
    reply.elements().forEach(one -> names.add(one.at("name").text()));
    return names;
  }
}
