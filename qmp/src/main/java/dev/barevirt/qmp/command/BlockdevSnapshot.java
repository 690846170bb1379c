package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Puts an overlay on a node, which is written from then on.
 *
 * @param node the node
 * @param overlay the overlay, added before without a backing node
 */
public record BlockdevSnapshot(String node, String overlay) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-snapshot";
  }
}
