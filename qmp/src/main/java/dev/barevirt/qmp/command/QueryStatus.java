package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;

/** Asks what the machine is doing. */
public record QueryStatus() implements QmpCommand.Query<QueryStatus.Status> {
  @Override
  public String wireName() {
    return "query-status";
  }

  @Override
  public ReplyType<QueryStatus.Status> replyType() {
    return ReplyType.of(Status.class);
  }

  /**
   * What a machine is doing.
   *
   * @param running whether its CPUs run
   * @param status what it is doing, or why not
   */
  public record Status(boolean running, RunState status) {}
}
