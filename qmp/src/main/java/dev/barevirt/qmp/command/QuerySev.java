package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;

/** Asks about memory encryption. */
public record QuerySev() implements QmpCommand.Query<Json> {
  @Override
  public String wireName() {
    return "query-sev";
  }

  @Override
  public ReplyType<Json> replyType() {
    return ReplyType.json();
  }
}
