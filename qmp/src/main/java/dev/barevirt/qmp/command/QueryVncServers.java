package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists VNC servers and their clients. */
public record QueryVncServers() implements QmpCommand.Query<List<QueryVncServers.Server>> {
  @Override
  public String wireName() {
    return "query-vnc-servers";
  }

  @Override
  public ReplyType<List<QueryVncServers.Server>> replyType() {
    return ReplyType.listOf(Server.class);
  }

  /**
   * A VNC server.
   *
   * @param id its id
   * @param server where it listens
   * @param clients who is connected
   * @param auth how clients prove themselves
   * @param display the display shown
   */
  public record Server(
      String id,
      List<PeerAddress> server,
      List<PeerAddress> clients,
      String auth,
      String display) {}
}
