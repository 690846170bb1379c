package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;

/** Asks for the whole interface description: some 200 kB. */
public record QuerySchema() implements QmpCommand.Query<Json> {
  @Override
  public String wireName() {
    return "query-qmp-schema";
  }

  @Override
  public ReplyType<Json> replyType() {
    return ReplyType.json();
  }
}
