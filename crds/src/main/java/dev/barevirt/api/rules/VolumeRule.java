package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.source.HostDisk;
import dev.barevirt.api.v1.source.PersistentVolumeClaim;
import dev.barevirt.api.v1.source.Sysprep;
import dev.barevirt.api.v1.source.Volume;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Volumes: named once, with one source that says all it must. */
final class VolumeRule implements VmiRule {
  private static final int HIGHEST = 256;

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    List<Volume> volumes = spec.volumes();
    FieldPath path = at.field("volumes");
    if (volumes.size() > HIGHEST) {
      found.invalid(path, path + " list exceeds the " + HIGHEST + " element limit in length");
      return;
    }
    names(spec, path, found);
    for (int i = 0; i < volumes.size(); i++) {
      source(spec, volumes.get(i), path.index(i), found);
    }
    single(volumes, path, "serviceAccount", volume -> volume.serviceAccount() != null, found);
    single(volumes, path, "downwardMetrics", volume -> volume.downwardMetrics() != null, found);
    single(volumes, path, "memoryDump", volume -> volume.memoryDump() != null, found);
    utilityVolumes(spec, at.field("utilityVolumes"), found);
  }

  private static void names(VirtualMachineInstanceSpec spec, FieldPath path, Findings found) {
    List<Volume> volumes = spec.volumes();
    Set<String> judged =
        spec.domain().devices().disks().stream().map(Disk::name).collect(Collectors.toSet());
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < volumes.size(); i++) {
      String name = volumes.get(i).name();
      if (name.isEmpty()) {
        found.required(path.index(i).field("name"), "a volume must have a name");
      } else if (!Words.isDnsLabel(name) && !judged.contains(name)) {
        found.invalid(
            path.index(i).field("name"),
            "the name '" + Words.shown(name) + "' must be a DNS label");
      }
      Integer first = seen.putIfAbsent(name, i);
      if (first != null) {
        found.invalid(
            path.index(i).field("name"),
            path.index(i) + " and " + path.index(first) + " must not have the same Name.");
      }
    }
  }

  private static void single(
      List<Volume> volumes, FieldPath path, String source, Predicate<Volume> is, Findings found) {
    if (volumes.stream().filter(is).count() > 1) {
      found.invalid(path, path + " must have max one " + source + " volume set");
    }
  }

  private static void source(
      VirtualMachineInstanceSpec spec, Volume volume, FieldPath path, Findings found) {
    long sources = sources(volume).filter(Objects::nonNull).count();
    if (sources != 1) {
      found.invalid(path, path + " must have exactly one source type set");
      return;
    }
    if (volume.hostDisk() != null) {
      hostDisk(volume.hostDisk(), path.field("hostDisk"), found);
    }
    claim(volume.persistentVolumeClaim(), path.field("persistentVolumeClaim"), found);
    if (volume.ephemeral() != null) {
      ephemeral(volume.ephemeral(), path.field("ephemeral"), found);
    }
    named(volume, path, found);
    if (volume.emptyDisk() != null && isNothing(volume.emptyDisk())) {
      FieldPath capacity = path.field("emptyDisk").field("capacity");
      found.invalid(capacity, capacity + " must be greater than 0");
    }
    if (volume.sysprep() != null) {
      sysprep(volume.sysprep(), path.field("sysprep"), found);
    }
    if (volume.containerPath() != null) {
      containerPath(spec, volume, path, found);
    }
  }

  private static boolean isNothing(Volume.EmptyDisk disk) {
    return disk.capacity() == null || !disk.capacity().isPositive();
  }

  private static Stream<@Nullable Record> sources(Volume volume) {
    return Stream.of(
        volume.hostDisk(),
        volume.persistentVolumeClaim(),
        volume.cloudInitNoCloud(),
        volume.cloudInitConfigDrive(),
        volume.sysprep(),
        volume.containerDisk(),
        volume.ephemeral(),
        volume.emptyDisk(),
        volume.dataVolume(),
        volume.configMap(),
        volume.secret(),
        volume.downwardAPI(),
        volume.serviceAccount(),
        volume.downwardMetrics(),
        volume.memoryDump(),
        volume.containerPath());
  }

  /** The sources that need nothing but a name. */
  private static void named(Volume volume, FieldPath path, Findings found) {
    if (volume.containerDisk() != null) {
      name(volume.containerDisk().image(), path.field("containerDisk").field("image"), found);
    }
    if (volume.dataVolume() != null) {
      name(volume.dataVolume().name(), path.field("dataVolume").field("name"), found);
    }
    if (volume.configMap() != null) {
      name(volume.configMap().name(), path.field("configMap").field("name"), found);
    }
    if (volume.secret() != null) {
      name(volume.secret().secretName(), path.field("secret").field("secretName"), found);
    }
    if (volume.serviceAccount() != null) {
      name(
          volume.serviceAccount().serviceAccountName(),
          path.field("serviceAccount").field("serviceAccountName"),
          found);
    }
    if (volume.memoryDump() != null) {
      name(volume.memoryDump().claimName(), path.field("memoryDump").field("claimName"), found);
    }
  }

  private static void name(@Nullable String name, FieldPath path, Findings found) {
    if (Words.isBlank(name)) {
      found.invalid(path, path + " is a required field");
    }
  }

  private static void claim(@Nullable PersistentVolumeClaim claim, FieldPath path, Findings found) {
    if (claim != null) {
      name(claim.claimName(), path.field("claimName"), found);
    }
  }

  private static void ephemeral(Volume.Ephemeral ephemeral, FieldPath path, Findings found) {
    FieldPath place = path.field("persistentVolumeClaim");
    if (ephemeral.persistentVolumeClaim() == null) {
      found.required(place, place + " is a required field");
    }
    claim(ephemeral.persistentVolumeClaim(), place, found);
  }

  private static void hostDisk(HostDisk disk, FieldPath path, Findings found) {
    if (disk.path().isEmpty()) {
      found.add(
          new Violation(
              path.field("path").toString(),
              "FieldValueNotFound",
              path.field("path") + " is required for hostDisk volume"));
    }
    if (!Set.of("Disk", "DiskOrCreate").contains(disk.type())) {
      found.invalid(
          path.field("type"),
          "%s has invalid value '%s', allowed are 'Disk' or 'DiskOrCreate'"
              .formatted(path.field("type"), Words.shown(disk.type())));
    }
    if (disk.type().equals("Disk") && disk.capacity() != null && !disk.capacity().isZero()) {
      found.invalid(
          path.field("capacity"),
          path.field("capacity")
              + " is allowed to pass only with "
              + path.field("type")
              + " equal to 'DiskOrCreate'");
    }
    if (disk.type().equals("DiskOrCreate") && disk.capacity() == null) {
      found.invalid(
          path.field("capacity"),
          path.field("capacity") + " is required for hostDisk type 'DiskOrCreate'");
    }
  }

  private static void sysprep(Sysprep sysprep, FieldPath path, Findings found) {
    if ((sysprep.secret() == null) == (sysprep.configMap() == null)) {
      found.invalid(path, path + " must have exactly one of secret and configMap");
      return;
    }
    if (sysprep.secret() != null) {
      name(sysprep.secret().name(), path.field("secret").field("name"), found);
    }
    if (sysprep.configMap() != null) {
      name(sysprep.configMap().name(), path.field("configMap").field("name"), found);
    }
  }

  private static void containerPath(
      VirtualMachineInstanceSpec spec, Volume volume, FieldPath path, Findings found) {
    String name = Words.shown(volume.name());
    boolean shown =
        spec.domain().devices().disks().stream()
            .anyMatch(disk -> disk.name().equals(volume.name()));
    if (shown) {
      found.invalid(
          path, "ContainerPath volume '" + name + "' must be mapped to a filesystem, not a disk");
    }
    boolean shared =
        spec.domain().devices().filesystems().stream()
            .anyMatch(filesystem -> filesystem.name().equals(volume.name()));
    if (!shared) {
      found.invalid(
          path, "ContainerPath volume '" + name + "' must have a matching filesystem defined");
    }
    String inside = volume.containerPath() == null ? "" : volume.containerPath().path();
    if (!inside.startsWith("/") || List.of(inside.split("/", -1)).contains("..")) {
      found.invalid(
          path.field("containerPath").field("path"), "must be an absolute path without '..'");
    }
  }

  private static void utilityVolumes(
      VirtualMachineInstanceSpec spec, FieldPath path, Findings found) {
    Set<String> names = new HashSet<>();
    spec.volumes().forEach(volume -> names.add(volume.name()));
    for (int i = 0; i < spec.utilityVolumes().size(); i++) {
      var volume = spec.utilityVolumes().get(i);
      if (!names.add(volume.name())) {
        found.duplicate(path.index(i).field("name"), "another volume has the same name");
      }
      name(volume.claimName(), path.index(i).field("claimName"), found);
    }
  }
}
