package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts to send the machine.
 *
 * @param uri where to
 * @param channels where to, since QEMU 8.2
 * @param resume whether it goes on with a paused one
 */
public record Migrate(@Nullable String uri, @Nullable List<Json> channels, @Nullable Boolean resume)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "migrate";
  }
}
