package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Waits for a paused migration to come back.
 *
 * @param uri where from
 */
public record MigrateRecover(String uri) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "migrate-recover";
  }
}
