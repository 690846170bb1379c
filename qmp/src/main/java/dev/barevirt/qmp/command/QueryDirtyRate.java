package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import org.jspecify.annotations.Nullable;

/** Asks for the result of a dirty-rate measurement. */
public record QueryDirtyRate() implements QmpCommand.Query<QueryDirtyRate.Rate> {
  @Override
  public String wireName() {
    return "query-dirty-rate";
  }

  @Override
  public ReplyType<QueryDirtyRate.Rate> replyType() {
    return ReplyType.of(Rate.class);
  }

  /**
   * How fast a guest writes memory.
   *
   * @param dirtyRate MiB a second, once measured
   * @param status unstarted, measuring or measured
   * @param startTime seconds since the machine's start
   * @param calcTime for how long
   * @param mode how
   */
  public record Rate(
      @Nullable Long dirtyRate, String status, long startTime, long calcTime, String mode) {}
}
