package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists the commands. */
public record QueryCommands() implements QmpCommand.Query<List<QueryCommands.Name>> {
  @Override
  public String wireName() {
    return "query-commands";
  }

  @Override
  public ReplyType<List<QueryCommands.Name>> replyType() {
    return ReplyType.listOf(Name.class);
  }

  /**
   * A command.
   *
   * @param name its wire name
   */
  public record Name(String name) {}
}
