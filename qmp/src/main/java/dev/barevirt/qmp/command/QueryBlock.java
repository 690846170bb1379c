package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists drives that a guest device uses. */
public record QueryBlock() implements QmpCommand.Query<List<QueryBlock.Drive>> {
  @Override
  public String wireName() {
    return "query-block";
  }

  @Override
  public ReplyType<List<QueryBlock.Drive>> replyType() {
    return ReplyType.listOf(Drive.class);
  }

  /**
   * A drive.
   *
   * @param device its name, "" for none
   * @param qdev the guest device's id or path
   * @param type always unknown
   * @param removable whether its medium can be taken out
   * @param locked whether the guest holds the medium
   * @param inserted the medium
   * @param trayOpen whether its tray is open
   * @param ioStatus ok, failed or nospace, where errors stop the guest
   */
  public record Drive(
      String device,
      String qdev,
      String type,
      boolean removable,
      boolean locked,
      @Nullable BlockNode inserted,
      @Nullable Boolean trayOpen,
      String ioStatus) {}
}
