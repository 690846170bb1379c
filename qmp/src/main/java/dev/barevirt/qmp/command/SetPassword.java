package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import org.jspecify.annotations.Nullable;

/**
 * Sets a graphical client's password.
 *
 * @param protocol vnc or spice
 * @param password the password
 * @param connected what becomes of connected clients
 */
public record SetPassword(String protocol, String password, @Nullable String connected)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "set_password";
  }

  @Override
  public boolean secret() {
    return true;
  }
}
