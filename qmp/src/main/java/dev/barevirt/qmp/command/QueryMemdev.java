package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists memory backends. */
public record QueryMemdev() implements QmpCommand.Query<List<QueryMemdev.Backend>> {
  @Override
  public String wireName() {
    return "query-memdev";
  }

  @Override
  public ReplyType<List<QueryMemdev.Backend>> replyType() {
    return ReplyType.listOf(Backend.class);
  }

  /**
   * A memory backend.
   *
   * @param id its id
   * @param size bytes
   * @param merge whether equal pages are merged
   * @param dump whether it is in core dumps
   * @param prealloc whether it was allocated at start
   * @param share whether others can map it
   * @param hostNodes the NUMA nodes it is bound to
   * @param policy how it is bound
   */
  public record Backend(
      String id,
      long size,
      boolean merge,
      boolean dump,
      boolean prealloc,
      boolean share,
      List<Integer> hostNodes,
      String policy) {}
}
