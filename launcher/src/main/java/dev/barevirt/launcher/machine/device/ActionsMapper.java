package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Refusal;
import java.util.Set;

/**
 * What QEMU does when the guest reboots, powers off or panics, and the order in which it looks for
 * something to boot: only what has an order, in that order.
 */
final class ActionsMapper implements DeviceMapper {
  private static final int MENU_MILLIS = 10_000;

  @Override
  public Set<String> reads() {
    return Set.of("domain.rebootPolicy");
  }

  @Override
  public Fragment map(MachineInput in) {
    String policy = in.domain().rebootPolicy() == null ? "Reboot" : in.domain().rebootPolicy();
    if (!Set.of("Reboot", "Terminate").contains(policy)) {
      return Fragment.of(
          Refusal.unsupported(
              "spec.domain.rebootPolicy", "a policy is Reboot or Terminate, not " + policy));
    }
    Fragment actions =
        Fragment.of(
            new Setting(Flag.ACTION, "reboot", policy.equals("Terminate") ? "shutdown" : "reset"),
            new Setting(Flag.ACTION, "shutdown", "poweroff"),
            new Setting(Flag.ACTION, "panic", "shutdown"),
            Setting.of(Flag.BOOT, "strict", true));
    // A guest that starts paused is one that somebody wants to interrupt.
    return "Paused".equals(in.vmi().spec().startStrategy())
        ? actions.plus(
            Fragment.of(
                Setting.of(Flag.BOOT, "menu", true),
                new Setting(Flag.BOOT, "splash-time", Integer.toString(MENU_MILLIS))))
        : actions;
  }
}
