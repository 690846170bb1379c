package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.Backend.Chardev;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.HostResource.Listener;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.Properties;
import java.util.Set;

/**
 * Named channels between guest and launcher: the guest agent's, always, and the one on which the
 * guest asks for the host's metrics.
 */
final class ChannelsMapper implements DeviceMapper {
  private static final String AGENT = "org.qemu.guest_agent.0";
  private static final String METRICS = "org.github.vhostmd.1";

  @Override
  public Set<String> reads() {
    return Set.of("domain.devices.downwardMetrics");
  }

  @Override
  public Fragment map(MachineInput in) {
    Fragment agent =
        Fragment.of(Controllers.virtioSerial(in)).plus(port("agent", 1, in.paths().agent(), AGENT));
    return in.devices().downwardMetrics() == null
        ? agent
        : agent.plus(port("metrics", 2, in.paths().metrics(), METRICS));
  }

  private static Fragment port(String id, int number, String socket, String name) {
    return Fragment.of(
        new Chardev(
            "socket",
            id,
            Properties.none()
                .with(new Listener(id, socket))
                .with("server", true)
                .with("wait", false)),
        Frontend.on(
            Controllers.SERIAL_BUS,
            "virtserialport",
            "channel-" + id,
            Properties.none().with("nr", number).with("chardev", id).with("name", name)));
  }
}
