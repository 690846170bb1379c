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
 * The first serial port, on a socket whose one peer is the launcher: it keeps the log, bounded, and
 * hands the stream on. A guest could fill the host's disk through a log that QEMU writes.
 */
final class SerialConsoleMapper implements DeviceMapper {
  @Override
  public Set<String> reads() {
    return FieldPaths.under("domain.devices", "autoattachSerialConsole", "logSerialConsole");
  }

  @Override
  public Fragment map(MachineInput in) {
    if (!Switch.on(in.devices().autoattachSerialConsole(), true)) {
      return Fragment.empty();
    }
    return Fragment.of(
        new Chardev(
            "socket",
            "serial0",
            Properties.none()
                .with(new Listener("serial0", in.paths().serial()))
                .with("server", true)
                .with("wait", false)),
        Frontend.loose(
            "isa-serial", "serial-port0", Properties.of("chardev", "serial0").with("index", 0)));
  }
}
