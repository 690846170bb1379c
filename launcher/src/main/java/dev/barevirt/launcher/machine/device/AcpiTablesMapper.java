package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.v1.domain.Firmware;
import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.HostResource.ReadableFile;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.MachineKind;
import dev.barevirt.launcher.machine.MachineOption.FileOption;
import dev.barevirt.launcher.machine.PreparedVolume;
import dev.barevirt.launcher.machine.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Licence tables (SLIC, MSDM) from a volume, each a file named after the table. */
final class AcpiTablesMapper implements DeviceMapper {
  private static final String PATH = "spec.domain.firmware.acpi";

  @Override
  public Set<String> reads() {
    return FieldPaths.under("domain.firmware.acpi", "slicNameRef", "msdmNameRef");
  }

  @Override
  public Fragment map(MachineInput in) {
    Firmware.Acpi acpi = in.domain().firmware() == null ? null : in.domain().firmware().acpi();
    if (acpi == null) {
      return Fragment.empty();
    }
    return table(in, "slic", acpi.slicNameRef()).plus(table(in, "msdm", acpi.msdmNameRef()));
  }

  private static Fragment table(MachineInput in, String table, @Nullable String volume) {
    if (volume == null || volume.isEmpty()) {
      return Fragment.empty();
    }
    String path = PATH + "." + table + "NameRef";
    if (in.kind() == MachineKind.MICROVM) {
      return Fragment.of(Refusal.unsupported(path, "a microvm takes no ACPI tables"));
    }
    return in.volume(volume)
        .filter(PreparedVolume.Directory.class::isInstance)
        .map(PreparedVolume.Directory.class::cast)
        .map(
            directory ->
                Fragment.of(
                    new FileOption(
                        "-acpitable",
                        "file",
                        new ReadableFile(
                            "acpi-" + table, directory.path() + "/" + table + ".bin"))))
        .orElseGet(
            () ->
                Fragment.of(
                    Refusal.invalid(
                        path, "there is no secret or config map volume named " + volume)));
  }
}
