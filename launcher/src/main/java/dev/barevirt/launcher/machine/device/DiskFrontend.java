package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.Frontend;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.PreparedVolume.BlockSizes;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disk as the guest sees it, with the controller it sits on.
 *
 * @param in the whole request
 * @param disk the disk
 * @param bus where it sits
 * @param sataPort its number among the SATA disks
 * @param common what does not depend on the bus
 * @param threads who does its input and output
 * @param detachable whether it can be unplugged while the guest runs
 */
record DiskFrontend(
    MachineInput in,
    Disk disk,
    DiskBus bus,
    int sataPort,
    Properties common,
    Properties threads,
    boolean detachable) {
  private static final String SCSI = "scsi0";
  private static final int SATA_PORTS = 6;
  private static final int SATA_BLOCK = 512;

  /** The devices, each after the one whose bus it sits on. */
  List<FragmentPart> parts() {
    String id = DeviceIds.disk(Texts.orEmpty(disk.name()));
    return switch (bus) {
      case VIRTIO -> List.of(virtio(id));
      case SCSI -> List.of(scsiController(), Frontend.on(SCSI + ".0", scsiModel(), id, common));
      case SATA -> sata(id);
      case USB -> usb(id);
    };
  }

  private FragmentPart virtio(String id) {
    String address = disk.disk() == null ? null : disk.disk().pciAddress();
    return new Frontend(
        in.virtio("blk"),
        id,
        new Slot.Pci(address == null || address.isEmpty() ? null : address, detachable),
        common.with("num-queues", queues()).with(threads));
  }

  private Frontend scsiController() {
    return Frontend.pci(in.virtio("scsi"), SCSI, Properties.none().with("num_queues", queues()));
  }

  private @Nullable Long queues() {
    return Boolean.TRUE.equals(in.devices().blockMultiQueue()) ? (Long) in.vcpus() : null;
  }

  private String scsiModel() {
    if (disk.lun() != null) {
      return "scsi-block";
    }
    return disk.cdrom() == null ? "scsi-hd" : "scsi-cd";
  }

  /** q35 brings a controller with six ports; the others get one for each six disks. */
  private List<FragmentPart> sata(String id) {
    String model = disk.cdrom() == null ? "ide-hd" : "ide-cd";
    int controller = sataPort / SATA_PORTS;
    int port = sataPort % SATA_PORTS;
    if (controller == 0 && in.kind() == MachineKind.Q35) {
      return List.of(Frontend.on("ide." + port, model, id, common));
    }
    String ahci = "sata" + controller;
    return List.of(
        new Frontend("ich9-ahci", ahci, new Slot.RootBus(false), Properties.none()),
        Frontend.on(ahci + "." + port, model, id, common));
  }

  /** usb-storage always shows a disk; a CD-ROM needs the bridge beneath it by itself. */
  private List<FragmentPart> usb(String id) {
    if (disk.cdrom() == null) {
      return List.of(
          Controllers.usb(), Frontend.on(Controllers.USB_BUS, "usb-storage", id, common));
    }
    String bridge = id + "-bridge";
    return List.of(
        Controllers.usb(),
        Frontend.on(Controllers.USB_BUS, "usb-bot", bridge, Properties.none()),
        Frontend.on(bridge + ".0", "scsi-cd", id, common));
  }

  /** What every model of disk takes. */
  static Properties common(
      Disk disk, DiskBus bus, DiskSettings settings, BlockSizes sizes, @Nullable Long bootIndex) {
    Properties common =
        Properties.of("drive", DeviceIds.node(Texts.orEmpty(disk.name())))
            .with("bootindex", bootIndex)
            .with("serial", disk.serial() == null || disk.serial().isEmpty() ? null : disk.serial())
            .with(errorPolicy(Texts.orEmpty(disk.errorPolicy())));
    if (disk.lun() != null) {
      return common.with("share-rw", Boolean.TRUE.equals(disk.shareable()) ? true : null);
    }
    if (disk.cdrom() != null) {
      return common;
    }
    return common
        .with("write-cache", settings.writeBack() ? "on" : "off")
        .with("share-rw", Boolean.TRUE.equals(disk.shareable()) ? Boolean.TRUE : null)
        .with(blockSize(disk.blockSize(), sizes, bus == DiskBus.SATA));
  }

  private static Properties errorPolicy(String policy) {
    return switch (policy) {
      case "report", "ignore" -> Properties.of("werror", policy).with("rerror", policy);
      case "enospace" -> Properties.of("werror", "enospc");
      default -> Properties.of("werror", "stop").with("rerror", "stop");
    };
  }

  private static Properties blockSize(
      Disk.@Nullable BlockSize asked, BlockSizes sizes, boolean isSata) {
    if (asked == null) {
      return Properties.none();
    }
    if (asked.custom() != null) {
      return Properties.none()
          .with("logical_block_size", asked.custom().logical())
          .with("physical_block_size", asked.custom().physical())
          .with("discard_granularity", asked.custom().discardGranularity());
    }
    return Switch.on(asked.matchVolume())
        ? Properties.none()
            .with("logical_block_size", isSata ? SATA_BLOCK : sizes.logical())
            .with("physical_block_size", sizes.physical())
        : Properties.none();
  }
}
