package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.event.MigrationStatus;

/**
 * Lets a migration go on that waits before its switchover.
 *
 * @param state where it waits
 */
public record MigrateContinue(MigrationStatus state) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "migrate-continue";
  }
}
