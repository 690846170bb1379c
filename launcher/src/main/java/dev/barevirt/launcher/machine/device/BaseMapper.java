package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.Backend.Chardev;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.HostResource.Listener;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineOption.Flag;
import dev.barevirt.launcher.machine.MachineOption.Plain;
import dev.barevirt.launcher.machine.MachineOption.Repeated;
import dev.barevirt.launcher.machine.MachineOption.Setting;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.Optional;
import java.util.Set;

/**
 * What every machine has, whatever is asked: no default devices, a paused start, two monitors on
 * sockets the launcher listens on, and a QEMU that gives up the system calls it never needs.
 */
final class BaseMapper implements DeviceMapper {
  @Override
  public Set<String> reads() {
    return Set.of();
  }

  @Override
  public Fragment map(MachineInput in) {
    Optional<Refusal> unspeakable = GuestText.check(name(in), "metadata.name");
    if (unspeakable.isPresent()) {
      return Fragment.of(unspeakable.get());
    }
    return Fragment.of(
            Setting.of(Flag.SANDBOX, "obsolete", "deny"),
            Setting.head(Flag.SANDBOX, "on"),
            Setting.of(Flag.SANDBOX, "elevateprivileges", "deny"),
            Setting.of(Flag.SANDBOX, "spawn", "deny"),
            Setting.of(Flag.SANDBOX, "resourcecontrol", "deny"),
            Setting.of(Flag.MESSAGES, "timestamp", true),
            Setting.of(Flag.NAME, "guest", name(in)),
            Setting.of(Flag.NAME, "debug-threads", true),
            new Plain("-nodefaults", null),
            new Plain("-no-user-config", null),
            new Plain("-display", "none"),
            new Plain("-S", null))
        .plus(monitor("monitor", in.paths().monitor()))
        .plus(monitor("rescue", in.paths().rescue()));
  }

  private static String name(MachineInput in) {
    String namespace = in.vmi().metadata().namespace();
    String name = in.vmi().metadata().name();
    return (namespace == null ? "default" : namespace) + "_" + (name == null ? "guest" : name);
  }

  private static Fragment monitor(String id, String socket) {
    return Fragment.of(
        new Chardev(
            "socket",
            id,
            Properties.none()
                .with(new Listener(id, socket))
                .with("server", true)
                .with("wait", false)),
        new Repeated(
            "-mon", Properties.of("chardev", id).with("id", "mon-" + id).with("mode", "control")));
  }
}
