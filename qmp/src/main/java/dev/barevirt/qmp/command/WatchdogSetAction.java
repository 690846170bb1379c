package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.event.WatchdogAction;

/**
 * Sets what a watchdog does when it expires.
 *
 * @param action what
 */
public record WatchdogSetAction(WatchdogAction action) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "watchdog-set-action";
  }
}
