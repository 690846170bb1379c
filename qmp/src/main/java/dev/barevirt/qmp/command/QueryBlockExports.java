package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists block exports. */
public record QueryBlockExports() implements QmpCommand.Query<List<QueryBlockExports.Export>> {
  @Override
  public String wireName() {
    return "query-block-exports";
  }

  @Override
  public ReplyType<List<QueryBlockExports.Export>> replyType() {
    return ReplyType.listOf(Export.class);
  }

  /**
   * A block export.
   *
   * @param id its id
   * @param type how it is exported
   * @param nodeName what is
   * @param shuttingDown whether it is going
   */
  public record Export(String id, String type, String nodeName, boolean shuttingDown) {}
}
