package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.HostFacts.CpuModel;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.HostFacts.MachineType;
import dev.barevirt.launcher.machine.HostFacts.QemuVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one QEMU binary can do under one accelerator, as it says itself.
 *
 * @param version its version
 * @param machines its machine types
 * @param devices its device types
 * @param cpuModels its CPU models
 * @param features what else was tried out
 */
record QemuAbilities(
    QemuVersion version,
    List<MachineType> machines,
    Set<String> devices,
    List<CpuModel> cpuModels,
    Set<Feature> features) {
  QemuAbilities {
    machines = List.copyOf(machines);
    devices = Set.copyOf(devices);
    cpuModels = List.copyOf(cpuModels);
    features = features.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(features));
  }
}
