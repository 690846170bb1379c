package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.RecordJson.SnakeCase;
import org.jspecify.annotations.Nullable;

/**
 * Hands a connected socket to VNC or SPICE.
 *
 * @param protocol vnc or spice
 * @param fdname the socket's name, as given to {@link GetFd}
 * @param skipauth whether no password is asked
 */
public record AddClient(String protocol, String fdname, @Nullable Boolean skipauth)
    implements QmpCommand.Act, SnakeCase {
  @Override
  public String wireName() {
    return "add_client";
  }
}
