package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.v1.DataVolumeTemplate;
import dev.barevirt.api.v1.VirtualMachine;
import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.VirtualMachineInstanceTemplateSpec;
import dev.barevirt.api.v1.VirtualMachineSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Judges virtual machines: when they run, and the instances they would make. */
public final class VmRules {
  private static final Set<String> STRATEGIES =
      Set.of("Always", "Halted", "Manual", "RerunOnFailure", "Once", "WaitAsReceiver");
  private static final FieldPath SPEC = FieldPath.of("spec");

  private VmRules() {}

  /** What is wrong with a virtual machine in a cluster. */
  public static List<Violation> checkInCluster(VirtualMachine vm, ClusterSettings settings) {
    Findings found = new Findings();
    running(vm.spec(), found);
    VirtualMachineInstanceTemplateSpec template = vm.spec().template();
    if (template == null) {
      found.required(SPEC.field("template"), "missing virtual machine template.");
      return found.all();
    }
    if (vm.spec().instancetype() == null) {
      VmiRules.inCluster(
          defaulted(template, settings), SPEC.field("template").field("spec"), settings, found);
    }
    dataVolumes(vm.spec(), template, found);
    return found.all().stream().map(ClusterCause::of).toList();
  }

  static VirtualMachineInstanceSpec defaulted(
      VirtualMachineInstanceTemplateSpec template, ClusterSettings settings) {
    VirtualMachineInstance instance =
        new VirtualMachineInstance(null, null, ObjectMeta.EMPTY, template.spec(), null);
    return VmiDefaults.apply(instance, settings, "").spec();
  }

  private static void running(VirtualMachineSpec spec, Findings found) {
    if (spec.running() != null && spec.runStrategy() != null) {
      found.invalid(
          SPEC.field("running"),
          "Running and RunStrategy are mutually exclusive. Note that Running is deprecated, please"
              + " use RunStrategy instead");
    }
    if (spec.running() == null && Words.isBlank(spec.runStrategy())) {
      found.invalid(SPEC.field("running"), "RunStrategy must be specified");
    }
    if (!Words.isBlank(spec.runStrategy()) && !STRATEGIES.contains(spec.runStrategy())) {
      found.invalid(
          SPEC.field("runStrategy"),
          "Invalid RunStrategy (" + Words.shown(spec.runStrategy()) + ")");
    }
    if (spec.updateVolumesStrategy() != null
        && !Set.of("Migration", "Replacement").contains(spec.updateVolumesStrategy())) {
      found.invalid(
          SPEC.field("updateVolumesStrategy"), "volumes are updated by Migration or Replacement");
    }
  }

  private static void dataVolumes(
      VirtualMachineSpec spec, VirtualMachineInstanceTemplateSpec template, Findings found) {
    Set<String> used = new HashSet<>();
    template
        .spec()
        .volumes()
        .forEach(
            volume -> {
              if (volume.dataVolume() != null) {
                used.add(volume.dataVolume().name());
              }
              if (volume.persistentVolumeClaim() != null) {
                used.add(volume.persistentVolumeClaim().claimName());
              }
            });
    Set<String> names = new HashSet<>();
    for (int i = 0; i < spec.dataVolumeTemplates().size(); i++) {
      DataVolumeTemplate volume = spec.dataVolumeTemplates().get(i);
      FieldPath place = SPEC.field("dataVolumeTemplates").index(i);
      String name = Words.orEmpty(volume.metadata().name());
      if (name.isEmpty()) {
        found.required(
            place.field("name"), "'name' field must not be empty for DataVolumeTemplate");
      } else if (!names.add(name)) {
        found.duplicate(place.field("name"), "another DataVolumeTemplate has the same name");
      } else if (!used.contains(name)) {
        found.invalid(
            place,
            "DataVolumeTemplate entry "
                + place
                + " must be referenced in the VMI template's"
                + " 'volumes' list");
      }
      storage(volume, place, found);
    }
  }

  private static void storage(DataVolumeTemplate volume, FieldPath place, Findings found) {
    if (volume.spec() == null) {
      found.required(place.field("spec"), "a DataVolumeTemplate must have a spec");
      return;
    }
    long claims =
        Stream.of(volume.spec().pvc(), volume.spec().storage()).filter(Objects::nonNull).count();
    if (claims != 1) {
      found.invalid(place, "Missing Data volume PVC or Storage, or both are there");
    }
  }
}
