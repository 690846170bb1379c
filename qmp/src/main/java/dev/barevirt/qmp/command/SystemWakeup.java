package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Wakes the guest from suspend. */
public record SystemWakeup() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "system_wakeup";
  }
}
