package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import org.jspecify.annotations.Nullable;

/**
 * Starts the server that NBD exports are reached through.
 *
 * @param addr where it listens: {@code type} and {@code data}
 * @param tlsCreds credentials object
 * @param tlsAuthz authorisation object
 * @param maxConnections at a time
 */
public record NbdServerStart(
    Json addr, @Nullable String tlsCreds, @Nullable String tlsAuthz, @Nullable Long maxConnections)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "nbd-server-start";
  }
}
