package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a disk may ask for on this machine; everything else is refused by name. */
final class DiskRules {
  /** A CD-ROM drive without a medium. */
  static final Properties EMPTY_DRIVE = Properties.none();

  private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9_.+-]{1,256}");
  private static final long SMALLEST_BLOCK = 512;
  private static final long LARGEST_BLOCK = 2L << 20;
  private static final List<String> ERROR_POLICIES =
      List.of("", "stop", "report", "ignore", "enospace");

  private final MachineInput in;
  private final Disk disk;
  private final String path;
  private final List<Refusal> refusals = new ArrayList<>();

  DiskRules(MachineInput in, Disk disk, String path) {
    this.in = in;
    this.disk = disk;
    this.path = path;
  }

  /** Everything that keeps the disk from being mapped. */
  List<Refusal> refusals() {
    long kinds =
        Stream.of(disk.disk(), disk.lun(), disk.cdrom()).filter(java.util.Objects::nonNull).count();
    if (kinds > 1) {
      refuse("", "it is one of disk, lun and cdrom, not several");
      return refusals;
    }
    Optional<DiskBus> bus = DiskBus.of(disk, in.kind());
    if (bus.isEmpty()) {
      refuse(kind() + ".bus", "the buses are virtio, scsi, sata and usb");
      return refusals;
    }
    checkVolume();
    checkBus(bus.get());
    checkKind(bus.get());
    checkText();
    checkBlockSize(bus.get());
    return refusals;
  }

  private String kind() {
    if (disk.lun() != null) {
      return ".lun";
    }
    return disk.cdrom() == null ? ".disk" : ".cdrom";
  }

  private void checkVolume() {
    String name = Texts.orEmpty(disk.name());
    if (in.volume(name).isPresent()) {
      return;
    }
    boolean listed = in.vmi().spec().volumes().stream().anyMatch(v -> name.equals(v.name()));
    if (listed || disk.cdrom() == null) {
      refuse(".name", "there is no volume of that name that a disk could show");
    }
  }

  private void checkBus(DiskBus bus) {
    if (in.kind() == MachineKind.MICROVM && (bus == DiskBus.SATA || bus == DiskBus.USB)) {
      unsupported(kind() + ".bus", "a microvm has no such bus");
    }
    if (bus != DiskBus.VIRTIO && isTrue(disk.dedicatedIOThread())) {
      refuse(".dedicatedIOThread", "only disks on the virtio bus have a thread of their own");
    }
    if (disk.disk() != null
        && !Texts.orEmpty(disk.disk().pciAddress()).isEmpty()
        && (bus != DiskBus.VIRTIO || in.kind() == MachineKind.MICROVM)) {
      refuse(".disk.pciAddress", "only disks on the virtio bus have a PCI address");
    }
    if (bus == DiskBus.SATA && disk.cdrom() == null && readOnly()) {
      refuse(".disk.readonly", "a SATA disk cannot be read-only; a CD-ROM or virtio disk can");
    }
  }

  private boolean readOnly() {
    boolean volume =
        in.volume(Texts.orEmpty(disk.name())).orElse(null) instanceof PreparedVolume.Disk v
            && v.layers().getFirst().readOnly();
    return volume || (disk.disk() != null && isTrue(disk.disk().readonly()));
  }

  private void checkKind(DiskBus bus) {
    if (disk.cdrom() != null) {
      if (bus == DiskBus.VIRTIO) {
        refuse(".cdrom.bus", "a CD-ROM cannot be on the virtio bus");
      }
      if (Boolean.FALSE.equals(disk.cdrom().readonly())) {
        unsupported(".cdrom.readonly", "a CD-ROM is always read-only");
      }
      if ("open".equals(disk.cdrom().tray())) {
        unsupported(".cdrom.tray", "a CD-ROM starts with its tray closed");
      }
      if (disk.blockSize() != null) {
        refuse(".blockSize", "a CD-ROM has blocks of 2048 bytes");
      }
    }
    if (disk.lun() != null) {
      checkLun(disk.lun(), bus);
    }
    if (isTrue(disk.shareable())
        && in.volume(Texts.orEmpty(disk.name())).orElse(null) instanceof PreparedVolume.Disk v
        && v.layers().getFirst().format() != PreparedVolume.Format.RAW) {
      refuse(".shareable", "only raw images can be written by several guests");
    }
    if (isTrue(disk.changedBlockTracking())) {
      unsupported(".changedBlockTracking", "changed blocks are not tracked");
    }
  }

  private void checkLun(Disk.Lun lun, DiskBus bus) {
    if (bus != DiskBus.SCSI) {
      unsupported(".lun.bus", "a LUN is passed through on the scsi bus");
    }
    if (isTrue(lun.reservation())) {
      unsupported(".lun.reservation", "persistent reservations are not passed through");
    }
    if (disk.blockSize() != null) {
      refuse(".blockSize", "a LUN has the blocks of the device");
    }
    if (in.volume(Texts.orEmpty(disk.name())).orElse(null) instanceof PreparedVolume.Disk v
        && !v.layers().getFirst().blockDevice()) {
      refuse(".lun", "only a block device can be passed through as a LUN");
    }
  }

  private void checkText() {
    String serial = Texts.orEmpty(disk.serial());
    if (!serial.isEmpty() && !SERIAL.matcher(serial).matches()) {
      refuse(".serial", "a serial has at most 256 letters, digits and the characters _ . + -");
    }
    if (!ERROR_POLICIES.contains(Texts.orEmpty(disk.errorPolicy()))) {
      refuse(".errorPolicy", "errorPolicy is one of stop, report, ignore and enospace");
    }
    Long order = disk.bootOrder();
    if (order != null && (order < 1 || order > Integer.MAX_VALUE)) {
      refuse(".bootOrder", "boot orders count from 1");
    }
  }

  private void checkBlockSize(DiskBus bus) {
    Disk.BlockSize size = disk.blockSize();
    if (size == null || size.custom() == null) {
      return;
    }
    long logical = bytes(size.custom().logical());
    long physical = bytes(size.custom().physical());
    if (!isBlock(logical)) {
      refuse(".blockSize.custom.logical", "a block is a power of two from 512 to 2097152");
    }
    if (bus == DiskBus.SATA && isBlock(logical) && logical != SMALLEST_BLOCK) {
      unsupported(".blockSize.custom.logical", "a SATA disk has logical blocks of 512 bytes");
    }
    if (!isBlock(physical)) {
      refuse(".blockSize.custom.physical", "a block is a power of two from 512 to 2097152");
    } else if (physical < logical) {
      refuse(".blockSize.custom.physical", "physical blocks are not smaller than logical ones");
    }
    if (isBlock(logical) && bytes(size.custom().discardGranularity()) % logical != 0) {
      refuse(".blockSize.custom.discardGranularity", "it must be a multiple of the logical block");
    }
  }

  private static long bytes(@Nullable Long asked) {
    return asked == null ? 0 : asked;
  }

  private static boolean isBlock(long bytes) {
    return bytes >= SMALLEST_BLOCK && bytes <= LARGEST_BLOCK && Long.bitCount(bytes) == 1;
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }

  private void refuse(String field, String why) {
    refusals.add(Refusal.invalid(path + field, why));
  }

  private void unsupported(String field, String why) {
    refusals.add(Refusal.unsupported(path + field, why));
  }
}
