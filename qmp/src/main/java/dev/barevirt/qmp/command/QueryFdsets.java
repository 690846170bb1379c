package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists the sets of passed files. */
public record QueryFdsets() implements QmpCommand.Query<List<QueryFdsets.Fdset>> {
  @Override
  public String wireName() {
    return "query-fdsets";
  }

  @Override
  public ReplyType<List<QueryFdsets.Fdset>> replyType() {
    return ReplyType.listOf(Fdset.class);
  }

  /**
   * A set of open files for one use.
   *
   * @param fdsetId its number
   * @param fds its files
   */
  public record Fdset(int fdsetId, List<Member> fds) {}

  /**
   * An open file of a set.
   *
   * @param fd its number in QEMU
   * @param opaque what it was added with
   */
  public record Member(int fd, String opaque) {}
}
