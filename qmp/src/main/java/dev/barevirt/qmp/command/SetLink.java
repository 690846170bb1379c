package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Plugs or pulls the cable of a NIC.
 *
 * @param name its id
 * @param up whether the link is up
 */
public record SetLink(String name, boolean up) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "set_link";
  }
}
