package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Closes a tray.
 *
 * @param id the guest device
 */
public record BlockdevCloseTray(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-close-tray";
  }
}
