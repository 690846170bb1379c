package dev.barevirt.launcher.cli.live;

import dev.barevirt.api.v1.device.Disk;
import dev.barevirt.api.v1.source.Volume;
import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import dev.barevirt.launcher.disk.SnapshotChain;
import dev.barevirt.launcher.os.Flock;
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
  public record Snapshot(String disk, Path file, long bytes) {
    /** What it is called: its file's name without the ending. */
    public String name() {
      return String.valueOf(file.getFileName()).replaceFirst("\\.qcow2$", "");
    }
  }

  /** One of them. */
  public static Snapshot named(MachineStatus machine, String name) {
    List<Snapshot> all = of(machine);
    return all.stream()
        .filter(snapshot -> snapshot.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CliFailure.of(
                        ExitCode.NOT_FOUND,
                        "machine '%s' has no snapshot '%s'".formatted(machine.name(), name))
                    .advising(
                        all.isEmpty()
                            ? ""
                            : "it has "
                                + all.stream()
                                    .map(Snapshot::name)
                                    .collect(Collectors.joining(", "))));
  }

  /** Changes a machine's snapshots; only one that does not run lets go of its disks. */
  public static void edit(MachineStatus machine, Edit edit) throws InterruptedException {
    try (Flock _ = machine.directory().tryLock().orElseThrow(() -> runs(machine))) {
      if (MachineStatus.of(machine.directory()).active()) {
        throw runs(machine);
      }
      edit.make();
    }
  }

  /** What is done to snapshots. */
  @FunctionalInterface
  public interface Edit {
    /** Does it. */
    void make() throws InterruptedException;
  }

  private static CliFailure runs(MachineStatus machine) {
    return CliFailure.of(
            ExitCode.CONFLICT, "machine '" + machine.name() + "' runs on its snapshots")
        .advising("'launcher stop " + machine.name() + "' first");
  }

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
