package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;

/** Asks how much memory the balloon leaves. */
public record QueryBalloon() implements QmpCommand.Query<QueryBalloon.Balloon> {
  @Override
  public String wireName() {
    return "query-balloon";
  }

  @Override
  public ReplyType<QueryBalloon.Balloon> replyType() {
    return ReplyType.of(Balloon.class);
  }

  /**
   * What a balloon leaves.
   *
   * @param actual bytes the guest has
   */
  public record Balloon(long actual) {}
}
