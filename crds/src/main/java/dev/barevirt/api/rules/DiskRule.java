package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.v1.VirtualMachineInstanceSpec;
import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.source.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Disks: each shows one volume, in one way, over a bus that can do what is asked. */
final class DiskRule implements VmiRule {
  private static final Set<String> BUSES = Set.of("virtio", "scsi", "sata", "usb");
  private static final Set<String> IO = Set.of("native", "threads");
  private static final Set<String> CACHES = Set.of("none", "writethrough", "writeback");
  private static final Set<String> ERROR_POLICIES = Set.of("stop", "ignore", "report", "enospace");
  private static final int LONGEST_NAME = 63;
  private static final int LONGEST_SERIAL = 256;
  private static final long SMALLEST_BLOCK = 512;
  private static final long LARGEST_BLOCK = 2L << 20;
  private static final int MOST = 256;

  private final Where where;

  DiskRule(Where where) {
    this.where = where;
  }

  @Override
  public void check(VirtualMachineInstanceSpec spec, FieldPath at, Findings found) {
    List<Disk> disks = spec.domain().devices().disks();
    FieldPath path = at.field("domain").field("devices").field("disks");
    if (disks.size() > MOST) {
      found.invalid(path, path + " list exceeds the " + MOST + " element limit in length");
      return;
    }
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < disks.size(); i++) {
      Disk disk = disks.get(i);
      FieldPath place = path.index(i);
      name(disk, place.field("name"), found);
      Integer first = seen.putIfAbsent(disk.name(), i);
      if (first != null) {
        found.invalid(
            place.field("name"),
            place + " and " + path.index(first) + " must not have the same Name.");
      }
      volume(spec, disk, place, found);
      target(disk, place, found);
      settings(disk, place, found);
      blockSize(disk, place.field("blockSize"), found);
    }
  }

  private static void name(Disk disk, FieldPath path, Findings found) {
    if (disk.name().length() > LONGEST_NAME) {
      found.invalid(path, "must be no more than 63 characters");
    } else if (!Words.isDnsLabel(disk.name())) {
      found.invalid(path, "the name '" + Words.shown(disk.name()) + "' must be a DNS label");
    }
  }

  private void volume(VirtualMachineInstanceSpec spec, Disk disk, FieldPath place, Findings found) {
    Optional<Volume> volume =
        spec.volumes().stream().filter(v -> v.name().equals(disk.name())).findFirst();
    if (volume.isEmpty()) {
      if (disk.cdrom() == null) {
        found.invalid(
            place.field("name"),
            place.field("name") + " '" + Words.shown(disk.name()) + "' not found.");
      }
      return;
    }
    boolean claimed =
        volume.get().persistentVolumeClaim() != null || volume.get().dataVolume() != null;
    boolean passable = claimed || (where == Where.STANDALONE && volume.get().hostDisk() != null);
    if (disk.lun() != null && !passable) {
      found.invalid(
          place.field("lun"),
          place.field("lun")
              + " can only be mapped to a DataVolume or PersistentVolumeClaim volume.");
    }
    boolean virtio = disk.disk() != null && "virtio".equals(disk.disk().bus());
    if (volume.get().downwardMetrics() != null && !virtio) {
      found.invalid(
          place.field("disk").field("bus"), "DownwardMetrics volume must be mapped to virtio bus");
    }
  }

  private static void target(Disk disk, FieldPath place, Findings found) {
    long targets =
        Stream.of(disk.disk(), disk.lun(), disk.cdrom()).filter(Objects::nonNull).count();
    if (targets > 1) {
      found.invalid(place, place + " can only have a single target type defined");
    }
    if (disk.disk() != null) {
      target(disk.disk(), place.field("disk"), found);
    }
    if (disk.lun() != null) {
      bus(disk.lun().bus(), place.field("lun").field("bus"), found);
      boolean reserved = Boolean.TRUE.equals(disk.lun().reservation());
      String bus = disk.lun().bus();
      if (reserved && !Words.isBlank(bus) && !"scsi".equals(bus)) {
        found.invalid(
            place.field("lun").field("reservation"), "persistent reservations need the scsi bus");
      }
    }
    if (disk.cdrom() != null) {
      cdrom(disk.cdrom(), place.field("cdrom"), found);
    }
  }

  private static void target(Disk.Target target, FieldPath path, Findings found) {
    bus(target.bus(), path.field("bus"), found);
    if ("sata".equals(target.bus()) && Boolean.TRUE.equals(target.readonly())) {
      found.invalid(path.field("bus"), "a SATA disk cannot be read only");
    }
    String address = Words.orEmpty(target.pciAddress());
    if (!address.isEmpty()) {
      if (!Words.isBlank(target.bus()) && !"virtio".equals(target.bus())) {
        found.invalid(
            path.field("pciAddress"), "setting a PCI address is not allowed for non-virtio bus");
      }
      if (!Words.isPciAddress(address)) {
        found.invalid(
            path.field("pciAddress"),
            "disk has malformed PCI address (" + Words.shown(address) + ").");
      }
    }
  }

  private static void cdrom(Disk.CdRom cdrom, FieldPath path, Findings found) {
    if ("virtio".equals(cdrom.bus())) {
      found.invalid(path.field("bus"), "Bus type virtio is invalid for CD-ROM device");
    } else {
      bus(cdrom.bus(), path.field("bus"), found);
    }
    if (!Words.isBlank(cdrom.tray()) && !Set.of("open", "closed").contains(cdrom.tray())) {
      found.invalid(path.field("tray"), "the tray is open or closed");
    }
  }

  private static void bus(@Nullable String bus, FieldPath path, Findings found) {
    if (!Words.isBlank(bus) && !BUSES.contains(bus)) {
      found.invalid(
          path,
          path
              + " is set with an unrecognized bus "
              + Words.shown(bus)
              + ", must be one of: virtio, sata, scsi, usb");
    }
  }

  private static void settings(Disk disk, FieldPath place, Findings found) {
    if (disk.bootOrder() != null && disk.bootOrder() < 1) {
      found.invalid(place.field("bootOrder"), place + " must have a boot order > 0, if supplied");
    }
    String serial = Words.orEmpty(disk.serial());
    if (!serial.isEmpty()) {
      if (serial.length() > LONGEST_SERIAL) {
        found.invalid(
            place.field("serial"),
            place + " must be less than or equal to 256 in length, if specified");
      } else if (!Words.isSerial(serial)) {
        found.invalid(
            place.field("serial"),
            place + " must be made up of the following characters [A-Za-z0-9_.+-], if specified");
      }
    }
    if (!Words.isBlank(disk.cache()) && !CACHES.contains(disk.cache())) {
      found.invalid(
          place.field("cache"),
          place.field("cache") + " has invalid value " + Words.shown(disk.cache()));
    }
    if (!Words.isBlank(disk.io()) && !IO.contains(disk.io())) {
      found.notSupported(
          place.field("io"),
          "Disk IO mode for "
              + place
              + " is not supported. Supported modes are: native,"
              + " threads.");
    }
    if (disk.errorPolicy() != null && !ERROR_POLICIES.contains(disk.errorPolicy())) {
      found.invalid(
          place.field("errorPolicy"),
          place.field("errorPolicy")
              + " has invalid value \""
              + Words.shown(disk.errorPolicy())
              + "\"");
    }
    boolean elsewhere =
        disk.disk() == null
            || (!Words.isBlank(disk.disk().bus()) && !"virtio".equals(disk.disk().bus()));
    if (Boolean.TRUE.equals(disk.dedicatedIOThread()) && elsewhere) {
      found.notSupported(
          place.field("dedicatedIOThread"), "a thread of its own needs a disk on the virtio bus");
    }
  }

  private static void blockSize(Disk disk, FieldPath path, Findings found) {
    Disk.BlockSize size = disk.blockSize();
    if (size == null) {
      return;
    }
    Disk.CustomBlockSize custom = size.custom();
    if (custom == null) {
      return;
    }
    if (size.matchVolume() != null && !Boolean.FALSE.equals(size.matchVolume().enabled())) {
      found.invalid(path, "block sizes are chosen or matched to the volume, not both");
    }
    long logical = orZero(custom.logical());
    long physical = orZero(custom.physical());
    block(logical, path.field("custom").field("logical"), found);
    block(physical, path.field("custom").field("physical"), found);
    if (logical > physical) {
      found.invalid(
          path.field("custom").field("logical"),
          "the logical size " + logical + " is larger than the physical size " + physical);
    }
    long discard = orZero(custom.discardGranularity());
    if (discard != 0 && logical != 0 && discard % logical != 0) {
      found.invalid(
          path.field("custom").field("discardGranularity"),
          "the discard granularity " + discard + " is not a multiple of the logical size");
    }
  }

  private static long orZero(@Nullable Long size) {
    return size == null ? 0 : size;
  }

  private static void block(long size, FieldPath path, Findings found) {
    if (size < SMALLEST_BLOCK || size > LARGEST_BLOCK || Long.bitCount(size) != 1) {
      found.invalid(path, "must be a power of 2 between 512 and 2097152, not " + size);
    }
  }
}
