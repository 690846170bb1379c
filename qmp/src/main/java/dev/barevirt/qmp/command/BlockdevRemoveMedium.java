package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Takes the medium out of an open tray.
 *
 * @param id the guest device
 */
public record BlockdevRemoveMedium(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-remove-medium";
  }
}
