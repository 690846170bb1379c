package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.launcher.machine.MachineKind;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The buses a disk can sit on. */
enum DiskBus {
  /** virtio-blk, a PCI or virtio-mmio device of its own. */
  VIRTIO,
  /** virtio-scsi. */
  SCSI,
  /** AHCI. */
  SATA,
  /** USB mass storage. */
  USB;

  /** The bus a disk names, or the machine's usual one; empty when there is no bus of that name. */
  static Optional<DiskBus> of(Disk disk, MachineKind kind) {
    String named = Texts.orEmpty(named(disk));
    if (named.isEmpty()) {
      return Optional.of(usual(disk, kind));
    }
    return Stream.of(values())
        .filter(bus -> bus.name().toLowerCase(Locale.ROOT).equals(named))
        .findFirst();
  }

  private static @Nullable String named(Disk disk) {
    if (disk.lun() != null) {
      return disk.lun().bus();
    }
    if (disk.cdrom() != null) {
      return disk.cdrom().bus();
    }
    return disk.disk() == null ? null : disk.disk().bus();
  }

  private static DiskBus usual(Disk disk, MachineKind kind) {
    if (disk.lun() != null) {
      return SCSI;
    }
    return switch (kind) {
      case Q35, PC -> SATA;
      case MICROVM -> disk.cdrom() == null ? VIRTIO : SCSI;
    };
  }
}
