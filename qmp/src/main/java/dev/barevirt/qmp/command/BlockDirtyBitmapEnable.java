package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Lets a bitmap note writes.
 *
 * @param node the node
 * @param name the bitmap
 */
public record BlockDirtyBitmapEnable(String node, String name) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-dirty-bitmap-enable";
  }
}
