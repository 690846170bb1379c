package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Asks the guest to give a device back; DEVICE_DELETED says when it has.
 *
 * @param id the device's id
 */
public record DeviceDel(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "device_del";
  }
}
