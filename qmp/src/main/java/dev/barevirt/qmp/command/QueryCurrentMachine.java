package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;

/** Asks what the running machine can do. */
public record QueryCurrentMachine() implements QmpCommand.Query<QueryCurrentMachine.Current> {
  @Override
  public String wireName() {
    return "query-current-machine";
  }

  @Override
  public ReplyType<QueryCurrentMachine.Current> replyType() {
    return ReplyType.of(Current.class);
  }

  /**
   * What the running machine can do.
   *
   * @param wakeupSuspendSupport whether it can be woken from suspend
   */
  public record Current(boolean wakeupSuspendSupport) {}
}
