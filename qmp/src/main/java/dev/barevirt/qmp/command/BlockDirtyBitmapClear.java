package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Forgets what a bitmap has noted.
 *
 * @param node the node
 * @param name the bitmap
 */
public record BlockDirtyBitmapClear(String node, String name) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-dirty-bitmap-clear";
  }
}
