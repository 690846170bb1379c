package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts to wait for a machine.
 *
 * @param uri where from
 * @param channels where from, since QEMU 8.2
 * @param exitOnError whether a failure ends QEMU, since QEMU 9.1
 */
public record MigrateIncoming(
    @Nullable String uri, @Nullable List<Json> channels, @Nullable Boolean exitOnError)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "migrate-incoming";
  }
}
