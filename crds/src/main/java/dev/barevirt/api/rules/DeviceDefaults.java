package dev.barevirt.api.rules;

import dev.barevirt.api.v1.device.Devices;
import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.device.Input;
import dev.barevirt.api.v1.device.Watchdog;
import org.jspecify.annotations.Nullable;

/** How devices are attached where nothing is said. */
final class DeviceDefaults {
  private DeviceDefaults() {}

  static Devices apply(Devices devices, String architecture) {
    String bus = architecture.equals("amd64") ? "sata" : "virtio";
    Devices filled =
        devices
            .withDisks(devices.disks().stream().map(disk -> disk(disk, bus)).toList())
            .withInputs(devices.inputs().stream().map(DeviceDefaults::input).toList());
    Watchdog watchdog = devices.watchdog();
    return watchdog == null ? filled : filled.withWatchdog(watchdog(watchdog));
  }

  private static Disk disk(Disk disk, String bus) {
    if (disk.disk() == null && disk.lun() == null && disk.cdrom() == null) {
      return disk.withDisk(new Disk.Target(bus, null, null));
    }
    Disk filled = disk;
    if (disk.disk() != null && Words.isBlank(disk.disk().bus())) {
      filled = filled.withDisk(disk.disk().withBus(bus));
    }
    if (disk.lun() != null && Words.isBlank(disk.lun().bus())) {
      filled = filled.withLun(disk.lun().withBus("scsi"));
    }
    return disk.cdrom() == null ? filled : filled.withCdrom(cdrom(disk.cdrom()));
  }

  private static Disk.CdRom cdrom(Disk.CdRom cdrom) {
    return new Disk.CdRom(
        or(cdrom.bus(), "sata"),
        cdrom.readonly() == null ? Boolean.TRUE : cdrom.readonly(),
        or(cdrom.tray(), "closed"));
  }

  private static Input input(Input input) {
    return input
        .withBus(or(input.bus(), "usb"))
        .withType(input.type().isEmpty() ? "tablet" : input.type());
  }

  private static Watchdog watchdog(Watchdog watchdog) {
    Watchdog.I6300esb model = watchdog.i6300esb();
    return model == null
        ? watchdog
        : watchdog.withI6300esb(model.withAction(or(model.action(), "reset")));
  }

  private static String or(@Nullable String written, String otherwise) {
    return written == null || written.isEmpty() ? otherwise : written;
  }
}
