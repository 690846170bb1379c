package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.Backend.Chardev;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.HostResource.Listener;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.Set;

/** Four sockets through which a client lends the guest its USB devices. */
final class UsbRedirectionMapper implements DeviceMapper {
  private static final int DEVICES = 4;

  @Override
  public Set<String> reads() {
    return Set.of("domain.devices.clientPassthrough");
  }

  @Override
  public Fragment map(MachineInput in) {
    if (in.devices().clientPassthrough() == null) {
      return Fragment.empty();
    }
    if (in.kind() == MachineKind.MICROVM) {
      return Fragment.of(
          Refusal.unsupported("spec.domain.devices.clientPassthrough", "a microvm has no USB"));
    }
    Fragment all = Fragment.of(Controllers.usb());
    for (int i = 0; i < DEVICES; i++) {
      all = all.plus(device(in, i));
    }
    return all;
  }

  private static Fragment device(MachineInput in, int index) {
    String chardev = "usbredir" + index;
    return Fragment.of(
        new Chardev(
            "socket",
            chardev,
            Properties.none()
                .with(new Listener(chardev, in.paths().usbRedirection(index)))
                .with("server", true)
                .with("wait", false)),
        Frontend.on(
            Controllers.USB_BUS,
            "usb-redir",
            "usb-redir" + index,
            Properties.of("chardev", chardev)));
  }
}
