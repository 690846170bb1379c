package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import dev.barevirt.qmp.wire.Json;

/** Asks for the migration parameters. */
public record QueryMigrateParameters() implements QmpCommand.Query<Json> {
  @Override
  public String wireName() {
    return "query-migrate-parameters";
  }

  @Override
  public ReplyType<Json> replyType() {
    return ReplyType.json();
  }
}
