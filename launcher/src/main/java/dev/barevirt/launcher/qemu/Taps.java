package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.HostResource;
import dev.barevirt.launcher.os.DescriptorShelf;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.TapDevice;
import dev.barevirt.qmp.wire.OwnedFd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Opens tap devices and the kernel's packet movers beside them. */
final class Taps {
  private static final Path VHOST = Path.of("/dev/vhost-net");
  private static final String NUMBERED = "bv%d";

  private Taps() {}

  /** The queues, then as many of vhost-net where the host moves the packets. */
  static List<OwnedFd> open(HostResource.Tap tap, DescriptorShelf shelf) {
    return tap.given().isEmpty() ? open(tap) : given(tap, shelf);
  }

  private static List<OwnedFd> given(HostResource.Tap tap, DescriptorShelf shelf) {
    List<OwnedFd> fds = new ArrayList<>();
    for (String name : tap.given()) {
      Optional<OwnedFd> fd = shelf.take(name);
      if (fd.isEmpty()) {
        fds.forEach(OwnedFd::close);
        throw GuestException.failed("no descriptor " + name + " was handed over for " + tap.name());
      }
      fds.add(fd.get());
    }
    return List.copyOf(fds);
  }

  private static List<OwnedFd> open(HostResource.Tap tap) {
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
