package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.event.DumpStatus;

/** Asks how a background dump goes. */
public record QueryDump() implements QmpCommand.Query<QueryDump.Dump> {
  @Override
  public String wireName() {
    return "query-dump";
  }

  @Override
  public ReplyType<QueryDump.Dump> replyType() {
    return ReplyType.of(Dump.class);
  }

  /**
   * How a dump goes.
   *
   * @param status where it is
   * @param completed bytes written
   * @param total bytes in all
   */
  public record Dump(DumpStatus status, long completed, long total) {}
}
