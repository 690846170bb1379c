package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.domain.Features;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Features of machine and processor that are not Hyper-V's. */
final class FeaturesMapper implements DeviceMapper {
  @Override
  public Set<String> reads() {
    return FieldPaths.under(
        "domain.features",
        "acpi.enabled",
        "apic.enabled",
        "apic.endOfInterrupt",
        "smm.enabled",
        "kvm.hidden",
        "pvspinlock.enabled");
  }

  @Override
  public Fragment map(MachineInput in) {
    Features features = in.domain().features();
    if (features == null) {
      return Fragment.empty();
    }
    List<FragmentPart> parts = new ArrayList<>();
    if (features.acpi() != null && !Switch.on(features.acpi())) {
      parts.add(Setting.of(Flag.MACHINE, "acpi", false));
    }
    if (features.apic() != null) {
      apic(features.apic(), parts);
    }
    if (features.smm() != null) {
      smm(in, Switch.on(features.smm()), parts);
    }
    if (features.kvm() != null && Switch.on(features.kvm().hidden(), false)) {
      parts.add(Setting.of(Flag.CPU, "kvm", false));
    }
    if (features.pvspinlock() != null) {
      parts.add(Setting.of(Flag.CPU, "kvm-pv-unhalt", Switch.on(features.pvspinlock())));
    }
    return Fragment.of(parts);
  }

  private static void apic(Features.Apic apic, List<FragmentPart> parts) {
    if (!Switch.on(apic.enabled(), true)) {
      parts.add(Setting.of(Flag.CPU, "apic", false));
    } else if (Switch.on(apic.endOfInterrupt(), false)) {
      parts.add(Setting.of(Flag.CPU, "kvm-pv-eoi", true));
    }
  }

  private static void smm(MachineInput in, boolean on, List<FragmentPart> parts) {
    if (in.kind() != MachineKind.MICROVM) {
      parts.add(Setting.of(Flag.MACHINE, "smm", on));
    } else if (on) {
      parts.add(
          Refusal.unsupported(
              "spec.domain.features.smm", "a microvm has no system management mode"));
    }
  }
}
