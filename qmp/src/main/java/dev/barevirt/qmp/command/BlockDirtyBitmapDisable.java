package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Stops a bitmap from noting writes.
 *
 * @param node the node
 * @param name the bitmap
 */
public record BlockDirtyBitmapDisable(String node, String name) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-dirty-bitmap-disable";
  }
}
