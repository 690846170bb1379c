package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does several block operations at one moment, or none.
 *
 * @param actions the operations
 * @param properties how they end
 */
public record Transaction(List<Action> actions, @Nullable Properties properties)
    implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "transaction";
  }

  /**
   * An operation of a transaction.
   *
   * @param type the command's wire name
   * @param data its arguments
   */
  public record Action(String type, Json data) {}

  /**
   * How the jobs of a transaction end.
   *
   * @param completionMode individual or grouped
   */
  public record Properties(@Nullable String completionMode) {}
}
