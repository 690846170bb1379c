package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Removes a node that nothing uses.
 *
 * @param nodeName the node
 */
public record BlockdevDel(String nodeName) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-del";
  }
}
