package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import java.util.List;

/**
 * Adds bitmaps to another.
 *
 * @param node the node
 * @param target the bitmap added to
 * @param bitmaps the others, by name
 */
public record BlockDirtyBitmapMerge(String node, String target, List<Json> bitmaps)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-dirty-bitmap-merge";
  }
}
