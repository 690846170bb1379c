package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Removes a network backend.
 *
 * @param id its id
 */
public record NetdevDel(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "netdev_del";
  }
}
