package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Asks a migration to stop; its status says when it has. */
public record MigrateCancel() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "migrate_cancel";
  }
}
