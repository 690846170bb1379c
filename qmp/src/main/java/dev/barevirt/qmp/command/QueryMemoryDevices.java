package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;
import java.util.List;

/** Lists memory devices. */
public record QueryMemoryDevices() implements QmpCommand.Query<List<QueryMemoryDevices.Plugged>> {
  @Override
  public String wireName() {
    return "query-memory-devices";
  }

  @Override
  public ReplyType<List<QueryMemoryDevices.Plugged>> replyType() {
    return ReplyType.listOf(Plugged.class);
  }

  /**
   * A memory device.
   *
   * @param type what it is
   * @param data its state, by type
   */
  public record Plugged(String type, Json data) {}
}
