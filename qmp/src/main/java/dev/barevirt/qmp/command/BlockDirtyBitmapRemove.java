package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Removes a bitmap.
 *
 * @param node the node
 * @param name the bitmap
 */
public record BlockDirtyBitmapRemove(String node, String name) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-dirty-bitmap-remove";
  }
}
