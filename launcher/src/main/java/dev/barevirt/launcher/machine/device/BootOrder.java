package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.device.Interface;
import dev.barevirt.launcher.machine.MachineInput;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When each device is tried as boot device. Once any device names its place, the others are not
 * tried; when none does, the disks are, in the order they are listed, and CD-ROMs after them.
 */
final class BootOrder {
  private final List<Disk> disks;
  private final boolean explicit;

  private BootOrder(List<Disk> disks, boolean explicit) {
    this.disks = disks;
    this.explicit = explicit;
  }

  static BootOrder of(MachineInput in) {
    List<Disk> disks = in.devices().disks();
    boolean explicit =
        Stream.concat(
                disks.stream().map(Disk::bootOrder),
                in.devices().interfaces().stream().map(Interface::bootOrder))
            .anyMatch(Objects::nonNull);
    return new BootOrder(disks, explicit);
  }

  /** The place of a disk; null when it is not tried. */
  @Nullable Long of(Disk disk) {
    if (explicit) {
      return disk.bootOrder();
    }
    List<Disk> inOrder =
        Stream.concat(
                disks.stream().filter(d -> d.cdrom() == null),
                disks.stream().filter(d -> d.cdrom() != null))
            .toList();
    return (long) inOrder.indexOf(disk) + 1;
  }
}
