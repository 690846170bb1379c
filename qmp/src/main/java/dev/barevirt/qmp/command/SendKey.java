package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Presses keys together.
 *
 * @param keys the keys
 * @param holdTime for how many milliseconds
 */
public record SendKey(List<Key> keys, @Nullable Integer holdTime) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "send-key";
  }

  /**
   * A key.
   *
   * @param type qcode or number
   * @param data its name or code
   */
  public record Key(String type, Json data) {}
}
