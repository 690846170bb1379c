package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;

/** Asks which architecture is emulated. */
public record QueryTarget() implements QmpCommand.Query<QueryTarget.Target> {
  @Override
  public String wireName() {
    return "query-target";
  }

  @Override
  public ReplyType<QueryTarget.Target> replyType() {
    return ReplyType.of(Target.class);
  }

  /**
   * An architecture.
   *
   * @param arch its name
   */
  public record Target(String arch) {}
}
