package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Makes a device tell the guest of a changed configuration; since QEMU 9.2.
 *
 * @param id the device's id
 */
public record DeviceSyncConfig(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "device-sync-config";
  }
}
