package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.guest.GuestException;
import dev.barevirt.launcher.machine.device.DeviceIds;
import dev.barevirt.qmp.command.BlockNode;
import dev.barevirt.qmp.command.BlockResize;
import dev.barevirt.qmp.command.QueryBlock;
import dev.barevirt.qmp.command.QueryBlock.Drive;
import java.util.List;

/** The guest's disks as QEMU sees them now, found by their names in the instance. */
final class Drives {
  private final Monitor monitor;

  Drives(Monitor monitor) {
    this.monitor = monitor;
  }

  /** Makes a disk larger. */
  void resize(String disk, long bytes) throws InterruptedException {
    BlockNode node = node(disk);
    BlockNode.Image image = node.image();
    if (image != null && bytes < image.virtualSize()) {
      throw GuestException.conflict(
          "cannot resize disk %s to %d bytes: it has %d, and a disk only grows"
              .formatted(disk, bytes, image.virtualSize()));
    }
    monitor.ask("resize disk " + disk, new BlockResize(node.nodeName(), bytes));
  }

  /** The node that a disk reads and writes now. */
  BlockNode node(String disk) throws InterruptedException {
    String id = DeviceIds.disk(disk);
    List<Drive> drives = monitor.ask("look at disk " + disk, new QueryBlock());
    Drive drive =
        drives.stream()
            .filter(one -> belongs(one, id))
            .findFirst()
            .orElseThrow(() -> GuestException.notFound("the guest has no disk " + disk));
    BlockNode node = drive.inserted();
    if (node == null) {
      throw GuestException.conflict("disk " + disk + " has no medium");
    }
    return node;
  }

  /** QEMU names a drive by its device's id, or by a path in which the id is a step. */
  private static boolean belongs(Drive drive, String id) {
    return drive.qdev().equals(id)
        || drive.qdev().endsWith("/" + id)
        || drive.qdev().contains("/" + id + "/");
  }
}
