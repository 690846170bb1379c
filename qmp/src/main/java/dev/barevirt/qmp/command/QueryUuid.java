package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;

/** Asks for the machine's UUID. */
public record QueryUuid() implements QmpCommand.Query<QueryUuid.Uuid> {
  @Override
  public String wireName() {
    return "query-uuid";
  }

  @Override
  public ReplyType<QueryUuid.Uuid> replyType() {
    return ReplyType.of(Uuid.class);
  }

  /**
   * A machine's UUID.
   *
   * @param UUID the UUID, all zero when not set
   */
  public record Uuid(String UUID) {}
}
