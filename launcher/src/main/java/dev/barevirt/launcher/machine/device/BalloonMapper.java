package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.Properties;
import java.util.Set;

/** The balloon, through which the guest also hands back the pages it has freed. */
final class BalloonMapper implements DeviceMapper {
  private static final String NO_REPORTING = "kubevirt.io/free-page-reporting-disabled";

  @Override
  public Set<String> reads() {
    return Set.of("domain.devices.autoattachMemBalloon");
  }

  @Override
  public Fragment map(MachineInput in) {
    if (!Switch.on(in.devices().autoattachMemBalloon(), true)) {
      return Fragment.empty();
    }
    boolean hugepages = in.domain().memory() != null && in.domain().memory().hugepages() != null;
    boolean reporting =
        !hugepages && !"true".equals(in.vmi().metadata().annotations().get(NO_REPORTING));
    return Fragment.of(
        Frontend.pci(
            in.virtio("balloon"),
            "balloon0",
            Properties.none().with("free-page-reporting", reporting)));
  }
}
