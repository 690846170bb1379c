package dev.barevirt.launcher.machine.device;

import dev.barevirt.launcher.machine.DeviceMapper;
import dev.barevirt.launcher.machine.Fragment;
import dev.barevirt.launcher.machine.MachineInput;
import dev.barevirt.launcher.machine.Refusal;
import dev.barevirt.launcher.machine.SpecFields;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Valid fields that are not built: a guest that sets one is refused by the field's name, and never
 * runs with it ignored.
 */
final class UnsupportedFieldsMapper implements DeviceMapper {
  /** Fields, and everything below them. */
  static final Set<String> REFUSED =
      Set.of(
          "domain.cpu.dedicatedCpuPlacement",
          "domain.cpu.isolateEmulatorThread",
          "domain.cpu.numa",
          "domain.cpu.realtime",
          "domain.memory.maxGuest",
          "domain.launchSecurity",
          "domain.devices.gpus",
          "domain.devices.hostDevices",
          "volumes[].memoryDump");

  @Override
  public Set<String> reads() {
    return REFUSED;
  }

  @Override
  public Fragment map(MachineInput in) {
    List<SpecFields.SetField> set = SpecFields.set(in.vmi().spec());
    return Fragment.of(
        set.stream()
            .filter(field -> REFUSED.stream().anyMatch(field::isWithin))
            .map(
                field ->
                    Refusal.unsupported(
                        "spec." + field.place(), "is not supported by this version"))
            .collect(Collectors.toList()));
  }
}
