package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.qmp.wire.ByteStream;
import dev.barevirt.qmp.wire.WireException;
import dev.barevirt.qmp.wire.WireLoop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The guest's ports for USB devices of clients, each of one client at a time. */
final class UsbPorts {
  private final WireLoop loop;
  private final List<Path> sockets;
  private final Set<Path> taken = ConcurrentHashMap.newKeySet();

  /**
   * Ports.
   *
   * @param sockets where QEMU listens for each; a guest that lends nothing has none of them
   */
  UsbPorts(WireLoop loop, List<Path> sockets) {
    this.loop = loop;
    this.sockets = sockets.stream().filter(Files::exists).toList();
  }

  /** A connection to the next free port; empty when the guest has none at all. */
  Optional<ByteStream> open() {
    for (Path socket : sockets) {
      if (taken.add(socket)) {
        return Optional.of(connected(socket));
      }
    }
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    throw GuestException.conflict(
        "all %d USB ports of the guest are in use".formatted(sockets.size()));
  }

  private ByteStream connected(Path socket) {
    try {
      ByteStream port = ByteStream.connect(loop, socket);
      var _ = port.closed().whenComplete((_, _) -> taken.remove(socket));
      return port;
    } catch (WireException.Unreachable gone) {
      taken.remove(socket);
      throw GuestException.failed("cannot reach a USB port of the guest: " + gone.getMessage());
    }
  }
}
