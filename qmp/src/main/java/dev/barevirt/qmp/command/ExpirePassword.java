package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;

/**
 * Sets when a password ends.
 *
 * @param protocol vnc or spice
 * @param time now, never, or seconds
 */
public record ExpirePassword(String protocol, String time) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "expire_password";
  }
}
