package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Puts a medium into an open, empty tray.
 *
 * @param id the guest device
 * @param nodeName the medium's node
 */
public record BlockdevInsertMedium(String id, String nodeName) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-insert-medium";
  }
}
