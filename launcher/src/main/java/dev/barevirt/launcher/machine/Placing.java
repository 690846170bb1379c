package dev.barevirt.launcher.machine;

import dev.barevirt.api.rules.Violation;
import java.util.List;

/**
 * Where the devices of one machine went.
 *
 * @param devices all devices with their buses, the buses' own devices first
 * @param addresses the addresses by device id
 * @param spare the addresses left free
 * @param violations addresses that cannot be
 */
record Placing(
    List<PlacedDevice> devices,
    List<Given> addresses,
    List<PciAddress> spare,
    List<Violation> violations) {
  /** Copies the lists. */
  Placing {
    devices = List.copyOf(devices);
    addresses = List.copyOf(addresses);
    spare = List.copyOf(spare);
    violations = List.copyOf(violations);
  }

  /**
   * The address of a device.
   *
   * @param deviceId the device
   * @param address where it is
   */
  record Given(String deviceId, PciAddress address) {}
}
