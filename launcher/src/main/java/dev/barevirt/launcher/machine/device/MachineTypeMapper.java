package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.GuestMemory;
import dev.barevirt.launcher.machine.HostFacts.MachineType;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Repeated;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The machine type, always by its versioned name, so that a newer QEMU gives the guest the same
 * hardware; and what runs its code.
 */
final class MachineTypeMapper implements DeviceMapper {
  private static final long MIB = 1L << 20;

  /** MiB for translated code: QEMU would fill a gigabyte of the host beside a small guest. */
  private static final long LEAST_TRANSLATION_MIB = 20;

  private static final long MOST_TRANSLATION_MIB = 256;
  private static final long GUEST_SHARE = 6;

  private static final String ROOT_COMPLEX = "kubevirt.io/placePCIDevicesOnRootComplex";
  private static final String NO_HOLE = "kubevirt.io/disablePCIHole64";
  private static final String PATH = "spec.domain.machine.type";

  @Override
  public Set<String> reads() {
    return Set.of(
        "domain.machine.type",
        "domain.devices.useVirtioTransitional",
        "domain.devices.disableHotplug");
  }

  @Override
  public Fragment map(MachineInput in) {
    String architecture = in.vmi().spec().architecture();
    if (architecture != null && !architecture.equals("amd64")) {
      return Fragment.of(
          Refusal.unsupported("spec.architecture", "unsupported architecture: " + architecture));
    }
    Optional<MachineType> type = in.host().machine(in.machineType());
    if (type.isEmpty() || !isKnownFamily(type.get().name())) {
      return Fragment.of(Refusal.unsupported(PATH, unknown(in)));
    }
    List<FragmentPart> parts = new ArrayList<>();
    parts.add(new Setting(Flag.MACHINE, "type", type.get().name()));
    parts.add(Setting.of(Flag.MACHINE, "usb", false));
    parts.add(Setting.of(Flag.MACHINE, "dump-guest-core", false));
    if (in.kind() != MachineKind.MICROVM) {
      parts.add(Setting.of(Flag.MACHINE, "vmport", false));
    } else if (Boolean.TRUE.equals(in.devices().useVirtioTransitional())) {
      parts.add(
          Refusal.unsupported(
              "spec.domain.devices.useVirtioTransitional",
              "a microvm has no transitional virtio devices"));
    }
    parts.addAll(annotations(in));
    parts.addAll(accelerator(in));
    return Fragment.of(parts);
  }

  /** What KubeVirt asks for by annotation rather than by field. */
  private static List<FragmentPart> annotations(MachineInput in) {
    List<FragmentPart> parts = new ArrayList<>();
    var annotations = in.vmi().metadata().annotations();
    if ("true".equals(annotations.get(ROOT_COMPLEX))) {
      parts.add(
          Refusal.unsupported(
              "metadata.annotations." + ROOT_COMPLEX, "is not supported by this version"));
    }
    if ("true".equals(annotations.get(NO_HOLE)) && in.kind() == MachineKind.Q35) {
      parts.add(
          new Repeated(
              "-global",
              Properties.of("driver", "q35-pcihost")
                  .with("property", "pci-hole64-size")
                  .with("value", "0")));
    }
    return parts;
  }

  private static boolean isKnownFamily(String name) {
    return name.startsWith("pc-q35-") || name.startsWith("pc-i440fx-") || name.equals("microvm");
  }

  private static String unknown(MachineInput in) {
    List<String> known =
        in.host().machines().stream()
            .filter(m -> isKnownFamily(m.name()))
            .map(m -> m.aliases().isEmpty() ? m.name() : m.aliases().getFirst())
            .limit(12)
            .toList();
    return "machine type %s is not supported by QEMU %s; it has %s"
        .formatted(in.machineType(), in.host().version(), String.join(", ", known));
  }

  private static List<FragmentPart> accelerator(MachineInput in) {
    if (in.host().kvm()) {
      return List.of(Setting.head(Flag.ACCEL, "kvm"));
    }
    if (!in.options().emulation()) {
      return List.of(
          Refusal.unsupported(
              "spec", "this host cannot run guests with KVM, and emulation is not allowed"));
    }
    return List.of(
        Setting.head(Flag.ACCEL, "tcg"),
        new Setting(Flag.ACCEL, "thread", "multi"),
        new Setting(Flag.ACCEL, "tb-size", Long.toString(translationMib(in))));
  }

  private static long translationMib(MachineInput in) {
    return Math.clamp(
        GuestMemory.of(in.vmi()) / MIB / GUEST_SHARE, LEAST_TRANSLATION_MIB, MOST_TRANSLATION_MIB);
  }
}
