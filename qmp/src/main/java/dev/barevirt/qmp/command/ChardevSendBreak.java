package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Sends a break over a serial line.
 *
 * @param id its character device
 */
public record ChardevSendBreak(String id) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "chardev-send-break";
  }
}
