package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.launcher.disk.SnapshotChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The overlays that snapshots lay over a machine's disks. */
public final class Snapshots {
  private Snapshots() {}

  /**
   * One overlay.
   *
   * @param disk the disk it lies over
   * @param file the overlay
   * @param bytes its size on this host
   */
  public record Snapshot(String disk, Path file, long bytes) {}

  /** The overlays there are. */
  public static List<Snapshot> of(MachineStatus machine) {
    Path directory = machine.directory().disks();
    return writable(machine).stream()
        .flatMap(
            disk ->
                SnapshotChain.of(directory, disk).overlays().stream()
                    .map(file -> new Snapshot(disk, file, size(file))))
        .toList();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + file, e);
    }
  }

  private static List<String> writable(MachineStatus machine) {
    Set<String> images =
        machine.vmi().spec().volumes().stream()
            .filter(Snapshots::isImage)
            .map(Volume::name)
            .collect(Collectors.toSet());
    return machine.vmi().spec().domain().devices().disks().stream()
        .filter(disk -> disk.cdrom() == null && images.contains(disk.name()))
        .filter(disk -> disk.disk() == null || !Boolean.TRUE.equals(disk.disk().readonly()))
        .map(Disk::name)
        .toList();
  }

  private static boolean isImage(Volume volume) {
    return volume.hostDisk() != null
        || volume.containerDisk() != null
        || volume.emptyDisk() != null
        || volume.persistentVolumeClaim() != null
        || volume.dataVolume() != null
        || volume.ephemeral() != null;
  }
}
