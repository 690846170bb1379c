package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.Properties;

/** Controllers that devices of several kinds sit on; each who needs one brings it. */
final class Controllers {
  /** The bus of USB devices. */
  static final String USB_BUS = "usb.0";

  /** The bus of virtio-serial ports. */
  static final String SERIAL_BUS = "virtio-serial0.0";

  private static final int USB_PORTS = 15;

  private Controllers() {}

  /** The USB controller. */
  static Frontend usb() {
    return Frontend.pci(
        "qemu-xhci", "usb", Properties.none().with("p2", USB_PORTS).with("p3", USB_PORTS));
  }

  /** The controller of virtio-serial ports. */
  static Frontend virtioSerial(MachineInput in) {
    return Frontend.pci(in.virtio("serial"), "virtio-serial0", Properties.none());
  }
}
