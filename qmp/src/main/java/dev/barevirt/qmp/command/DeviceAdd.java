package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;

/**
 * Plugs a device. Values need their true JSON types: newer QEMUs refuse numbers given as strings.
 *
 * @param device its {@code driver}, {@code id}, {@code bus} and properties
 */
public record DeviceAdd(Json device) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "device_add";
  }

  @Override
  public Json arguments() {
    return device;
  }
}
