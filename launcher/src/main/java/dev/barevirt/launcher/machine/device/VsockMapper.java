package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.HostFacts.Feature;
import dev.barevirt.launcher.machine.HostResource.DeviceNode;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.Set;

/**
 * A socket to the host. Its address is the one in the instance's status; a guest that nobody gave
 * one gets an address made of its identity.
 */
final class VsockMapper implements DeviceMapper {
  private static final long FIRST_CID = 3;
  private static final long CIDS = (1L << 31) - FIRST_CID;

  @Override
  public Set<String> reads() {
    return Set.of("domain.devices.autoattachVSOCK");
  }

  @Override
  public Fragment map(MachineInput in) {
    if (!Switch.on(in.devices().autoattachVSOCK(), false)) {
      return Fragment.empty();
    }
    if (!in.host().has(Feature.VHOST_VSOCK)) {
      return Fragment.of(
          Refusal.unsupported(
              "spec.domain.devices.autoattachVSOCK", "this host has no /dev/vhost-vsock"));
    }
    String driver =
        in.kind() == MachineKind.MICROVM
            ? "vhost-vsock-device"
            : "vhost-vsock-pci-non-transitional";
    return Fragment.of(
        Frontend.pci(
            driver,
            "vsock0",
            Properties.none()
                .with("guest-cid", cid(in))
                .with(new DeviceNode("vsock", "/dev/vhost-vsock", "vhostfd"))));
  }

  private static long cid(MachineInput in) {
    if (in.vmi().status() != null && in.vmi().status().vsockCid() != null) {
      return in.vmi().status().vsockCid();
    }
    String identity = in.vmi().metadata().namespace() + "/" + in.vmi().metadata().name();
    return FIRST_CID + Math.floorMod((long) identity.hashCode(), CIDS);
  }
}
