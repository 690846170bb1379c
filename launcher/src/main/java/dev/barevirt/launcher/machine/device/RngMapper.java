package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.Backend.QemuObject;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.Properties;
import java.util.Set;

/** Randomness from the host's kernel. */
final class RngMapper implements DeviceMapper {
  private static final String SOURCE = "rng-source0";

  @Override
  public Set<String> reads() {
    return Set.of("domain.devices.rng");
  }

  @Override
  public Fragment map(MachineInput in) {
    if (in.devices().rng() == null) {
      return Fragment.empty();
    }
    // QEMU has no romfile for virtio-mmio; on PCI an empty one saves the guest a ROM to scan.
    Properties device = Properties.of("rng", SOURCE);
    return Fragment.of(
        QemuObject.of("rng-builtin", SOURCE, Properties.none()),
        Frontend.pci(
            in.virtio("rng"),
            "rng0",
            in.kind() == MachineKind.MICROVM ? device : device.with("romfile", "")));
  }
}
