package dev.barevirt.launcher.qemu;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.launcher.DeviceReport;
import dev.barevirt.api.launcher.GuestRequest;
import dev.barevirt.api.launcher.Placement;
import dev.barevirt.api.launcher.QemuReport;
import dev.barevirt.launcher.os.ProcessIdentity;
import dev.barevirt.launcher.store.WholeFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a later launcher has to know of a running machine to take it up again.
 *
 * @param version the format's version
 * @param request what was asked for
 * @param qemu the process
 * @param placements the PCI addresses in use
 * @param devices what can be plugged and unplugged
 * @param sidecars the programs beside QEMU
 */
public record MachineRecord(
    int version,
    GuestRequest request,
    QemuReport qemu,
    List<Placement> placements,
    List<DeviceReport> devices,
    List<SidecarRecord> sidecars) {
  private static final int VERSION = 1;
  private static final int LIMIT = 4 << 20;

  @SuppressWarnings("NullAway") // a tolerant reader hands over what the writer left out
  public MachineRecord {
    placements = placements == null ? List.of() : List.copyOf(placements);
    devices = devices == null ? List.of() : List.copyOf(devices);
    sidecars = sidecars == null ? List.of() : List.copyOf(sidecars);
  }

  /**
   * A program beside QEMU.
   *
   * @param pid its process id
   * @param startTicks when it started
   */
  public record SidecarRecord(long pid, long startTicks) {
    ProcessIdentity identity() {
      return new ProcessIdentity(pid, startTicks);
    }
  }

  static MachineRecord of(
      GuestRequest request, QemuReport qemu, MachineModel model, List<ProcessIdentity> beside) {
    return new MachineRecord(
        VERSION,
        request,
        qemu,
        model.plan().placements(),
        model.devices(),
        beside.stream().map(one -> new SidecarRecord(one.pid(), one.startTicks())).toList());
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
