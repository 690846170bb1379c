package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Opens a tray.
 *
 * @param id the guest device
 * @param force even when the guest has locked it
 */
public record BlockdevOpenTray(String id, @Nullable Boolean force) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-open-tray";
  }
}
