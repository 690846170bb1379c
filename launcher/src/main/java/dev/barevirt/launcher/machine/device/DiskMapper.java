package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.FragmentPart;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.Properties;
import dev.barevirt.launcher.machine.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Maps disks, CD-ROMs and LUNs to block nodes and the devices over them, with the threads that do
 * their input and output. A CD-ROM without a volume is an empty drive.
 */
final class DiskMapper implements DeviceMapper {
  private static final String DISKS = "domain.devices.disks[]";

  @Override
  public Set<String> reads() {
    return FieldPaths.union(
        FieldPaths.under(
            DISKS,
            "name",
            "disk.bus",
            "disk.readonly",
            "disk.pciAddress",
            "lun.bus",
            "lun.readonly",
            "lun.reservation",
            "cdrom.bus",
            "cdrom.readonly",
            "cdrom.tray",
            "bootOrder",
            "serial",
            "dedicatedIOThread",
            "cache",
            "io",
            "tag",
            "blockSize.custom.logical",
            "blockSize.custom.physical",
            "blockSize.custom.discardGranularity",
            "blockSize.matchVolume.enabled",
            "shareable",
            "errorPolicy",
            "changedBlockTracking"),
        FieldPaths.under("domain.devices", "blockMultiQueue"));
  }

  @Override
  public Fragment map(MachineInput in) {
    IoThreadLayout threads = IoThreadLayout.of(in);
    BootOrder order = BootOrder.of(in);
    List<Disk> disks = in.devices().disks();
    Fragment all = Fragment.empty();
    int sataPort = 0;
    for (int i = 0; i < disks.size(); i++) {
      Disk disk = disks.get(i);
      String path = "spec.domain.devices.disks[" + i + "]";
      var refusals = new ArrayList<>(new DiskRules(in, disk, path).refusals());
      if (disks.subList(0, i).stream().anyMatch(d -> Objects.equals(d.name(), disk.name()))) {
        refusals.add(Refusal.invalid(path + ".name", "another disk shows that volume already"));
      }
      Optional<DiskBus> bus = DiskBus.of(disk, in.kind());
      if (!refusals.isEmpty() || bus.isEmpty()) {
        all = all.plus(Fragment.of(refusals));
        continue;
      }
      int port = bus.get() == DiskBus.SATA ? sataPort++ : 0;
      all = all.plus(mapped(in, disk, path, bus.get(), port, threads, order));
    }
    return all;
  }

  private static Fragment mapped(
      MachineInput in,
      Disk disk,
      String path,
      DiskBus bus,
      int port,
      IoThreadLayout threads,
      BootOrder order) {
    var parts = new ArrayList<FragmentPart>();
    var refusals = new ArrayList<Refusal>();
    String name = Texts.orEmpty(disk.name());
    var common =
        switch (in.volume(name).orElse(null)) {
          case PreparedVolume.Disk volume -> {
            DiskSettings settings = DiskSettings.decide(in, disk, volume, path, refusals);
            parts.addAll(DiskNodes.of(volume, settings));
            yield DiskFrontend.common(disk, bus, settings, volume.blocks(), order.of(disk));
          }
          case PreparedVolume.Directory _ -> {
            refusals.add(Refusal.unsupported(path, "a directory cannot be shown as a disk"));
            yield DiskRules.EMPTY_DRIVE;
          }
          case null -> DiskRules.EMPTY_DRIVE;
        };
    boolean detachable = in.vmi().spec().volumes().stream().anyMatch(v -> isDetachable(v, name));
    parts.addAll(
        new DiskFrontend(in, disk, bus, port, common, threads(threads.of(name)), detachable)
            .parts());
    parts.addAll(refusals);
    return Fragment.of(parts);
  }

  private static Properties threads(List<String> names) {
    return switch (names.size()) {
      case 0 -> Properties.none();
      case 1 -> Properties.of("iothread", names.getFirst());
      default ->
          Properties.none()
              .with(
                  "iothread-vq-mapping",
                  names.stream().map(name -> Properties.of("iothread", name)).toList());
    };
  }

  private static boolean isDetachable(Volume volume, String name) {
    if (!name.equals(volume.name())) {
      return false;
    }
    return (volume.persistentVolumeClaim() != null
            && Boolean.TRUE.equals(volume.persistentVolumeClaim().hotpluggable()))
        || (volume.dataVolume() != null && Boolean.TRUE.equals(volume.dataVolume().hotpluggable()));
  }
}
