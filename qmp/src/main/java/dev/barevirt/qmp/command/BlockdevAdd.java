package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;

/**
 * Adds a node to the block graph.
 *
 * @param node its {@code driver}, {@code node-name} and options
 */
public record BlockdevAdd(Json node) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-add";
  }

  @Override
  public Json arguments() {
    return node;
  }
}
