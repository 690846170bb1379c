package dev.barevirt.launcher.qemu;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.Placement;
import dev.barevirt.api.launcher.QemuReport;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.store.WholeFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a later launcher has to know of a running machine to take it up again.
 *
 * @param version the format's version
 * @param request what was asked for
 * @param qemu the process
 * @param placements the PCI addresses in use
 * @param devices what can be plugged and unplugged
 * @param disks the volumes that were made ready as disks
 * @param directories the volumes that are shared
 */
public record MachineRecord(
    int version,
    GuestRequest request,
    QemuReport qemu,
    List<Placement> placements,
    List<DeviceReport> devices,
    List<PreparedVolume.Disk> disks,
    List<PreparedVolume.Directory> directories) {
  private static final int VERSION = 2;
  private static final int LIMIT = 4 << 20;

  @SuppressWarnings("NullAway") // a tolerant reader hands over what the writer left out
  public MachineRecord {
    placements = placements == null ? List.of() : List.copyOf(placements);
    devices = devices == null ? List.of() : List.copyOf(devices);
    disks = disks == null ? List.of() : List.copyOf(disks);
    directories = directories == null ? List.of() : List.copyOf(directories);
  }

  static MachineRecord of(QemuReport qemu, MachineModel model) {
    List<PreparedVolume> volumes =
        model.input().volumes().values().stream()
            .sorted(Comparator.comparing(PreparedVolume::name))
            .toList();
    return new MachineRecord(
        VERSION,
        model.accepted(),
        qemu,
        model.plan().placements(),
        model.devices(),
        kind(PreparedVolume.Disk.class, volumes),
        kind(PreparedVolume.Directory.class, volumes));
  }

  private static <T extends PreparedVolume> List<T> kind(
      Class<T> kind, List<PreparedVolume> volumes) {
    return volumes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The volumes that the machine has open. */
  List<PreparedVolume> volumes() {
    return Stream.<PreparedVolume>concat(disks.stream(), directories.stream()).toList();
  }

  /** Writes it down. */
  void write(Path file) {
    WholeFile.write(file, RecordWriter.toJson(this));
  }

  /** What is written down, if that can be read. */
  public static Optional<MachineRecord> read(Path file) {
    return WholeFile.read(file, LIMIT)
        .flatMap(
            bytes ->
                switch (RecordReader.LENIENT.read(MachineRecord.class, bytes)) {
                  case Reading.Accepted<MachineRecord>(MachineRecord value) -> Optional.of(value);
                  case Reading.Refused<MachineRecord> _ -> Optional.<MachineRecord>empty();
                });
  }
}
