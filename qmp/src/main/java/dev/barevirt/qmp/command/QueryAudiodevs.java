package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists audio backends; since QEMU 8.0. */
public record QueryAudiodevs() implements QmpCommand.Query<List<QueryAudiodevs.Audiodev>> {
  @Override
  public String wireName() {
    return "query-audiodevs";
  }

  @Override
  public ReplyType<List<QueryAudiodevs.Audiodev>> replyType() {
    return ReplyType.listOf(Audiodev.class);
  }

  /**
   * An audio backend.
   *
   * @param id its id
   * @param driver its driver
   */
  public record Audiodev(String id, String driver) {}
}
