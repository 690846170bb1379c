package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Ends an export.
 *
 * @param id its id
 * @param mode whether clients are waited for
 */
public record BlockExportDel(String id, @Nullable RemovalMode mode) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "block-export-del";
  }
}
