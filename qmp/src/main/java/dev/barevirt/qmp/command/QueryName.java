package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;

/** Asks for the machine's name. */
public record QueryName() implements QmpCommand.Query<QueryName.Name> {
  @Override
  public String wireName() {
    return "query-name";
  }

  @Override
  public ReplyType<QueryName.Name> replyType() {
    return ReplyType.of(Name.class);
  }

  /**
   * A machine's name.
   *
   * @param name "" when it has none
   */
  public record Name(String name) {}
}
