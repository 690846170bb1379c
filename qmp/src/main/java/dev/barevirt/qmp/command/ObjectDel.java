package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Removes an object.
 *
 * @param id its id
 */
public record ObjectDel(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "object-del";
  }
}
