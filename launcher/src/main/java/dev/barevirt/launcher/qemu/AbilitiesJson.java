package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.HostFacts.CpuModel;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.HostFacts.MachineType;
import dev.barevirt.launcher.machine.HostFacts.QemuVersion;
import dev.barevirt.qmp.wire.Json;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Abilities as they lie in the cache. */
final class AbilitiesJson {
  private AbilitiesJson() {}

  static Json write(QemuAbilities abilities) {
    QemuVersion version = abilities.version();
    return Json.object()
        .with("version", numbers(version.major(), version.minor(), version.micro()))
        .with("machines", array(abilities.machines(), AbilitiesJson::machine))
        .with("devices", array(abilities.devices().stream().sorted().toList(), Json::of))
        .with("cpuModels", array(abilities.cpuModels(), AbilitiesJson::cpuModel))
        .with("features", array(abilities.features(), feature -> Json.of(feature.name())))
        .build();
  }

  /** What was written; nothing when a member is missing, which is as good as not cached. */
  static Optional<QemuAbilities> read(Json json) {
    List<Json> version = json.at("version").elements();
    List<Json> machines = json.at("machines").elements();
    List<Json> devices = json.at("devices").elements();
    if (version.size() != 3 || machines.isEmpty() || devices.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new QemuAbilities(
            new QemuVersion(
                (int) version.get(0).integer(),
                (int) version.get(1).integer(),
                (int) version.get(2).integer()),
            machines.stream().map(AbilitiesJson::machine).toList(),
            devices.stream().map(Json::text).collect(Collectors.toSet()),
            json.at("cpuModels").elements().stream().map(AbilitiesJson::cpuModel).toList(),
            features(json.at("features"))));
  }

  private static Json machine(MachineType type) {
    return Json.object()
        .with("name", type.name())
        .with("aliases", array(type.aliases(), Json::of))
        .with("maxCpus", type.maxCpus())
        .with("deprecated", type.deprecated())
        .build();
  }

  private static MachineType machine(Json json) {
    return new MachineType(
        json.at("name").text(),
        texts(json.at("aliases")),
        (int) json.at("maxCpus").integer(),
        json.at("deprecated").bool());
  }

  private static Json cpuModel(CpuModel model) {
    return Json.object()
        .with("name", model.name())
        .with("aliasOf", model.aliasOf())
        .with("unavailable", array(model.unavailableFeatures(), Json::of))
        .build();
  }

  private static CpuModel cpuModel(Json json) {
    return new CpuModel(
        json.at("name").text(), json.at("aliasOf").text(), texts(json.at("unavailable")));
  }

  /** A feature of another version of this program is left out. */
  private static Set<Feature> features(Json json) {
    List<String> names = texts(json);
    return Arrays.stream(Feature.values())
        .filter(feature -> names.contains(feature.name()))
        .collect(Collectors.toSet());
  }

  private static List<String> texts(Json array) {
    return array.elements().stream().map(Json::text).toList();
  }

  private static Json numbers(long... numbers) {
    return Json.of(Arrays.stream(numbers).mapToObj(Json::of).toList());
  }

  private static <T> Json array(Collection<T> values, Function<T, Json> element) {
    return Json.of(values.stream().map(element).toList());
  }
}
