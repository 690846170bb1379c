package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the nodes of the block graph.
 *
 * @param flat without each node's whole backing chain
 */
public record QueryNamedBlockNodes(@Nullable Boolean flat)
    implements QmpCommand.Query<List<BlockNode>> {
  @Override
  public String wireName() {
    return "query-named-block-nodes";
  }

  @Override
  public ReplyType<List<BlockNode>> replyType() {
    return ReplyType.listOf(BlockNode.class);
  }
}
