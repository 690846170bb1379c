package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Input;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.List;
import java.util.Set;

/** Pointing devices with absolute coordinates, so that a remote cursor is where the mouse is. */
final class InputsMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.devices.inputs";

  @Override
  public Set<String> reads() {
    return FieldPaths.under(
        "domain.devices",
        "autoattachInputDevice",
        "inputs[].bus",
        "inputs[].type",
        "inputs[].name");
  }

  @Override
  public Fragment map(MachineInput in) {
    List<Input> inputs = in.devices().inputs();
    if (inputs.isEmpty() && Switch.on(in.devices().autoattachInputDevice(), false)) {
      return tablet(in, in.kind() == MachineKind.MICROVM ? "virtio" : "usb", 0, PATH);
    }
    Fragment all = Fragment.empty();
    for (int i = 0; i < inputs.size(); i++) {
      all = all.plus(input(in, inputs.get(i), i));
    }
    return all;
  }

  private static Fragment input(MachineInput in, Input input, int index) {
    String path = PATH + "[" + index + "]";
    if (!input.type().equals("tablet")) {
      return Fragment.of(
          Refusal.unsupported(path + ".type", "an input is a tablet, not " + input.type()));
    }
    return tablet(
        in, input.bus() == null || input.bus().isEmpty() ? "usb" : input.bus(), index, path);
  }

  private static Fragment tablet(MachineInput in, String bus, int index, String path) {
    String id = "input" + index;
    return switch (bus) {
      case "virtio" -> Fragment.of(Frontend.pci(virtioTablet(in), id, Properties.none()));
      case "usb" ->
          in.kind() == MachineKind.MICROVM
              ? Fragment.of(Refusal.unsupported(path + ".bus", "a microvm has no USB"))
              : Fragment.of(
                  Controllers.usb(),
                  Frontend.on(Controllers.USB_BUS, "usb-tablet", id, Properties.none()));
      default ->
          Fragment.of(
              Refusal.unsupported(path + ".bus", "an input is on usb or virtio, not " + bus));
    };
  }

  /** Input devices are modern on every bus, and so have one name on PCI. */
  private static String virtioTablet(MachineInput in) {
    return in.kind() == MachineKind.MICROVM ? "virtio-tablet-device" : "virtio-tablet-pci";
  }
}
