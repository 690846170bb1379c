package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.launcher.GuestOptions;
import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.launcher.machine.HostFacts;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.List;

/**
 * How the host reads and writes one disk.
 *
 * @param direct past the page cache
 * @param writeBack whether the guest is told that it must flush
 * @param aio QEMU's I/O engine
 * @param discard whether discarded blocks are given back
 * @param readOnly whether nothing is written
 */
record DiskSettings(
    boolean direct, boolean writeBack, String aio, boolean discard, boolean readOnly) {
  private static final String NATIVE = "native";
  private static final String THREADS = "threads";
  private static final String IO_URING = "io_uring";

  /** The members of a protocol node. */
  Properties protocol() {
    return format().with("aio", aio);
  }

  /** The members of a format node. */
  Properties format() {
    return Properties.none()
        .with("read-only", readOnly)
        .with("discard", discard ? "unmap" : "ignore")
        .with("cache", Properties.none().with("direct", direct).with("no-flush", false));
  }

  /** The settings of a layer that is only read. */
  DiskSettings beneath() {
    return new DiskSettings(direct, writeBack, aio, false, true);
  }

  /** Decides, and adds to the refusals what cannot be had. */
  static DiskSettings decide(
      MachineInput in, Disk disk, PreparedVolume.Disk volume, String path, List<Refusal> refusals) {
    boolean readOnly = isReadOnly(disk) || volume.layers().getFirst().readOnly();
    boolean direct = direct(disk, volume, path, refusals);
    boolean writeBack =
        switch (Texts.orEmpty(disk.cache())) {
          case "none", "writeback" -> true;
          case "writethrough" -> false;
          default -> direct;
        };
    String aio = aio(in, disk, volume, direct, path, refusals);
    boolean discard = !readOnly && !volume.preallocated();
    return new DiskSettings(direct, writeBack, aio, discard, readOnly);
  }

  private static boolean isReadOnly(Disk disk) {
    return disk.cdrom() != null
        || (disk.disk() != null && Boolean.TRUE.equals(disk.disk().readonly()))
        || (disk.lun() != null && Boolean.TRUE.equals(disk.lun().readonly()));
  }

  private static boolean direct(
      Disk disk, PreparedVolume.Disk volume, String path, List<Refusal> refusals) {
    boolean shareable = Boolean.TRUE.equals(disk.shareable());
    return switch (Texts.orEmpty(disk.cache())) {
      case "none" -> {
        requireDirect(volume, path + ".cache", refusals);
        yield true;
      }
      case "" -> {
        if (shareable) {
          requireDirect(volume, path + ".shareable", refusals);
        }
        yield shareable || volume.directIo();
      }
      case "writethrough", "writeback" -> {
        if (shareable) {
          refusals.add(
              Refusal.invalid(path + ".cache", "a shareable disk is not cached: cache is none"));
        }
        yield false;
      }
      default -> {
        refusals.add(
            Refusal.invalid(path + ".cache", "cache is one of none, writethrough and writeback"));
        yield false;
      }
    };
  }

  private static void requireDirect(
      PreparedVolume.Disk volume, String path, List<Refusal> refusals) {
    if (!volume.directIo()) {
      refusals.add(
          Refusal.unsupported(
              path,
              "the file system under volume %s knows no direct I/O".formatted(volume.name())));
    }
  }

  private static String aio(
      MachineInput in,
      Disk disk,
      PreparedVolume.Disk volume,
      boolean direct,
      String path,
      List<Refusal> refusals) {
    return switch (Texts.orEmpty(disk.io())) {
      case "threads" -> THREADS;
      case NATIVE -> {
        if (!direct) {
          refusals.add(Refusal.invalid(path + ".io", "io native needs cache none"));
        } else if (!in.host().has(HostFacts.Feature.NATIVE_AIO)) {
          refusals.add(Refusal.unsupported(path + ".io", "this host's QEMU has no native I/O"));
        }
        yield NATIVE;
      }
      case "", "default" -> engine(in, volume, direct);
      default -> {
        refusals.add(Refusal.invalid(path + ".io", "io is one of native, threads and default"));
        yield THREADS;
      }
    };
  }

  /** The launcher's choice: native where it cannot block on allocation, otherwise threads. */
  private static String engine(MachineInput in, PreparedVolume.Disk volume, boolean direct) {
    GuestOptions.Io asked = in.options().io();
    boolean hasNative = direct && in.host().has(HostFacts.Feature.NATIVE_AIO);
    if (asked == null) {
      boolean allocated = volume.preallocated() || volume.layers().getFirst().blockDevice();
      return hasNative && allocated ? NATIVE : THREADS;
    }
    return switch (asked) {
      case THREADS -> THREADS;
      case NATIVE -> hasNative ? NATIVE : THREADS;
      case IO_URING -> in.host().has(HostFacts.Feature.IO_URING) ? IO_URING : THREADS;
    };
  }
}
