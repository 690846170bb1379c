package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Starts to note which blocks of a node are written.
 *
 * @param node the node
 * @param name the bitmap
 * @param granularity bytes a bit stands for
 * @param persistent whether it is kept in the image
 * @param disabled whether it starts later
 */
public record BlockDirtyBitmapAdd(
    String node,
    String name,
    @Nullable Long granularity,
    @Nullable Boolean persistent,
    @Nullable Boolean disabled)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-dirty-bitmap-add";
  }
}
