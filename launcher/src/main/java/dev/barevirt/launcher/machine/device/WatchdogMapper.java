package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Watchdog;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import dev.barevirt.launcher.machine.Slot;
import java.util.Set;

/** The watchdog: an i6300esb on PCI, and what happens when the guest stops feeding it. */
final class WatchdogMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.devices.watchdog";

  @Override
  public Set<String> reads() {
    return FieldPaths.under("domain.devices.watchdog", "name", "i6300esb.action", "diag288.action");
  }

  @Override
  public Fragment map(MachineInput in) {
    Watchdog watchdog = in.devices().watchdog();
    if (watchdog == null) {
      return Fragment.empty();
    }
    if (watchdog.diag288() != null) {
      return Fragment.of(Refusal.unsupported(PATH + ".diag288", "diag288 is a device of s390x"));
    }
    if (in.kind() == MachineKind.MICROVM) {
      return Fragment.of(Refusal.unsupported(PATH, "a microvm has no watchdog"));
    }
    String action =
        watchdog.i6300esb() == null || watchdog.i6300esb().action() == null
            ? "reset"
            : watchdog.i6300esb().action();
    if (!Set.of("reset", "poweroff", "shutdown").contains(action)) {
      return Fragment.of(
          Refusal.unsupported(
              PATH + ".i6300esb.action",
              "an action is reset, poweroff or shutdown, not " + action));
    }
    return Fragment.of(
        new Setting(Flag.ACTION, "watchdog", action),
        new Frontend("i6300esb", "watchdog0", new Slot.RootBus(false), Properties.none()));
  }
}
