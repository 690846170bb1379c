package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;

/** Asks whether hardware virtualisation is used. */
public record QueryKvm() implements QmpCommand.Query<QueryKvm.Kvm> {
  @Override
  public String wireName() {
    return "query-kvm";
  }

  @Override
  public ReplyType<QueryKvm.Kvm> replyType() {
    return ReplyType.of(Kvm.class);
  }

  /**
   * Whether hardware virtualisation is used.
   *
   * @param enabled it is
   * @param present it could be
   */
  public record Kvm(boolean enabled, boolean present) {}
}
