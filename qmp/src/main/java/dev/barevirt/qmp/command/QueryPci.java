package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;
import java.util.List;

/** Lists PCI buses and their devices. */
public record QueryPci() implements QmpCommand.Query<List<QueryPci.Bus>> {
  @Override
  public String wireName() {
    return "query-pci";
  }

  @Override
  public ReplyType<List<QueryPci.Bus>> replyType() {
    return ReplyType.listOf(Bus.class);
  }

  /**
   * A PCI bus.
   *
   * @param bus its number
   * @param devices its devices, bridges with theirs inside
   */
  public record Bus(int bus, List<Json> devices) {}
}
