package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import org.jspecify.annotations.Nullable;

/** Asks how much memory there is. */
public record QueryMemorySizeSummary() implements QmpCommand.Query<QueryMemorySizeSummary.Summary> {
  @Override
  public String wireName() {
    return "query-memory-size-summary";
  }

  @Override
  public ReplyType<QueryMemorySizeSummary.Summary> replyType() {
    return ReplyType.of(Summary.class);
  }

  /**
   * How much memory there is.
   *
   * @param baseMemory from the start, in bytes
   * @param pluggedMemory added since
   */
  public record Summary(long baseMemory, @Nullable Long pluggedMemory) {}
}
