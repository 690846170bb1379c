package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists what yank can cut. */
public record QueryYank() implements QmpCommand.Query<List<YankInstance>> {
  @Override
  public String wireName() {
    return "query-yank";
  }

  @Override
  public ReplyType<List<YankInstance>> replyType() {
    return ReplyType.listOf(YankInstance.class);
  }
}
