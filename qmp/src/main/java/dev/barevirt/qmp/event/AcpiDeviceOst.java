package dev.barevirt.qmp.event;

import org.jspecify.annotations.Nullable;

/**
 * The guest reported through ACPI on a plug or unplug of memory or a CPU.
 *
 * @param info what it reported
 */
public record AcpiDeviceOst(@Nullable Report info) implements QmpEvent {
  /**
   * What a guest reports.
   *
   * @param device the device's id, empty when it has none
   * @param slot its slot
   * @param slotType DIMM or CPU
   * @param source ACPI's source event
   * @param status ACPI's status code
   */
  public record Report(String device, String slot, String slotType, int source, int status) {}
}
