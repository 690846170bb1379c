package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Asks for an event when a write goes past a mark, for images that grow on thin storage.
 *
 * @param nodeName the node
 * @param writeThreshold the mark, 0 for none
 */
public record BlockSetWriteThreshold(String nodeName, long writeThreshold)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-set-write-threshold";
  }
}
