package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Removes a character device.
 *
 * @param id its id
 */
public record ChardevRemove(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "chardev-remove";
  }
}
