package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import org.jspecify.annotations.Nullable;

/** Asks which QEMU this is. */
public record QueryVersion() implements QmpCommand.Query<QueryVersion.Version> {
  @Override
  public String wireName() {
    return "query-version";
  }

  @Override
  public ReplyType<QueryVersion.Version> replyType() {
    return ReplyType.of(Version.class);
  }

  /**
   * A QEMU's version.
   *
   * @param qemu upstream's
   * @param package_ the distribution's, "" for none
   */
  public record Version(@Nullable Triple qemu, String package_) {}

  /**
   * A version's three numbers.
   *
   * @param major first
   * @param minor second
   * @param micro third
   */
  public record Triple(int major, int minor, int micro) {}
}
