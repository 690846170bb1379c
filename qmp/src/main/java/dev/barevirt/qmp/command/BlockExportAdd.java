package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;

/**
 * Exports a block node.
 *
 * @param export its {@code type}, {@code id}, {@code node-name} and options
 */
public record BlockExportAdd(Json export) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-export-add";
  }

  @Override
  public Json arguments() {
    return export;
  }
}
