package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.ReplyType;
import java.util.List;

/** Lists I/O threads. */
public record QueryIothreads() implements QmpCommand.Query<List<QueryIothreads.Iothread>> {
  @Override
  public String wireName() {
    return "query-iothreads";
  }

  @Override
  public ReplyType<List<QueryIothreads.Iothread>> replyType() {
    return ReplyType.listOf(Iothread.class);
  }

  /**
   * An I/O thread.
   *
   * @param id its object's id
   * @param threadId its host thread
   * @param pollMaxNs how long it polls at most
   */
  public record Iothread(String id, int threadId, long pollMaxNs) {}
}
