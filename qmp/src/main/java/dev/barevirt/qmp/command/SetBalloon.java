package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Asks the guest to give memory back, or to take it.
 *
 * @param value bytes it shall have
 */
public record SetBalloon(long value) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "balloon";
  }
}
