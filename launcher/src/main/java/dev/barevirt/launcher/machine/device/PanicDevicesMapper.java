package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.PanicDevice;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import dev.barevirt.launcher.machine.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Devices by which a guest's kernel says that it has panicked. */
final class PanicDevicesMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.devices.panicDevices";

  @Override
  public Set<String> reads() {
    return Set.of("domain.devices.panicDevices[].model");
  }

  @Override
  public Fragment map(MachineInput in) {
    List<PanicDevice> devices = in.devices().panicDevices();
    List<FragmentPart> parts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < devices.size(); i++) {
      String path = PATH + "[" + i + "]";
      String model = Objects.requireNonNullElse(devices.get(i).model(), "isa");
      if (!seen.add(model)) {
        parts.add(Refusal.invalid(path + ".model", "there is already a panic device " + model));
      } else {
        parts.add(device(in, model, path));
      }
    }
    return Fragment.of(parts);
  }

  private static FragmentPart device(MachineInput in, String model, String path) {
    return switch (model) {
      case "isa" -> Frontend.loose("pvpanic", "panic-isa", Properties.none());
      case "hyperv" -> Setting.of(Flag.CPU, "hv-crash", true);
      case "pvpanic" ->
          in.kind() == MachineKind.MICROVM
              ? Refusal.unsupported(path + ".model", "a microvm has no PCI panic device")
              : new Frontend(
                  "pvpanic-pci", "panic-pci", new Slot.RootBus(false), Properties.none());
      default ->
          Refusal.unsupported(
              path + ".model", "a panic device is isa, pvpanic or hyperv, not " + model);
    };
  }
}
