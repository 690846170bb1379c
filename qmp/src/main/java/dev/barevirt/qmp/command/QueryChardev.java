package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists character devices. */
public record QueryChardev() implements QmpCommand.Query<List<QueryChardev.Chardev>> {
  @Override
  public String wireName() {
    return "query-chardev";
  }

  @Override
  public ReplyType<List<QueryChardev.Chardev>> replyType() {
    return ReplyType.listOf(Chardev.class);
  }

  /**
   * A character device.
   *
   * @param label its id
   * @param filename where it goes, for people
   * @param frontendOpen whether the guest's side is open
   */
  public record Chardev(String label, String filename, boolean frontendOpen) {}
}
