package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Presses the power button. */
public record SystemPowerdown() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "system_powerdown";
  }
}
