package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import java.util.List;

/**
 * Switches migration capabilities.
 *
 * @param capabilities what to switch
 */
public record MigrateSetCapabilities(List<MigrationCapabilityState> capabilities)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "migrate-set-capabilities";
  }
}
