package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;
import java.util.List;

/** Lists places for CPUs, taken or free. */
public record QueryHotpluggableCpus()
    implements QmpCommand.Query<List<QueryHotpluggableCpus.Slot>> {
  @Override
  public String wireName() {
    return "query-hotpluggable-cpus";
  }

  @Override
  public ReplyType<List<QueryHotpluggableCpus.Slot>> replyType() {
    return ReplyType.listOf(Slot.class);
  }

  /**
   * A place for a CPU.
   *
   * @param type the device to plug
   * @param vcpusCount how many CPUs that makes
   * @param props properties to plug it with
   * @param qomPath what is plugged, "" when it is free
   */
  public record Slot(String type, int vcpusCount, Json props, String qomPath) {}
}
