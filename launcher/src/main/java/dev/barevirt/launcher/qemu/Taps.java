package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.HostResource;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.TapDevice;
import dev.barevirt.qmp.wire.OwnedFd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Opens tap devices and the kernel's packet movers beside them. */
final class Taps {
  private static final Path VHOST = Path.of("/dev/vhost-net");
  private static final String NUMBERED = "bv%d";

  private Taps() {}

  /** The queues, then as many of vhost-net where the host moves the packets. */
  static List<OwnedFd> open(HostResource.Tap tap) {
    TapDevice device = TapDevice.open(tap.ifName() == null ? NUMBERED : tap.ifName(), tap.queues());
    List<OwnedFd> fds = new ArrayList<>(device.queues());
    try {
      if (tap.bridge() != null) {
        device.joinBridge(tap.bridge());
      }
      for (int i = 0; tap.vhost() && i < tap.queues(); i++) {
        fds.add(OpenFile.open(VHOST, EnumSet.of(OpenFlag.READ_WRITE)));
      }
      return List.copyOf(fds);
    } catch (RuntimeException refused) {
      fds.forEach(OwnedFd::close);
      throw refused;
    }
  }
}
