package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/** Resets the machine. The RESET event comes before the reply. */
public record SystemReset() implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "system_reset";
  }
}
