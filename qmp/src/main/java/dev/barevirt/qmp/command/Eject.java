package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Opens a tray and takes the medium out.
 *
 * @param id the guest device
 * @param force even when the guest has locked it
 */
public record Eject(String id, @Nullable Boolean force) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "eject";
  }
}
