package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.Json;
import java.util.List;

/**
 * Changes options of block nodes, all of them to be given anew.
 *
 * @param options the nodes
 */
public record BlockdevReopen(List<Json> options) implements QmpCommand.Act {
  @Override
  public String wireName() {
    return "blockdev-reopen";
  }
}
