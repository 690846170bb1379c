package dev.barevirt.qmp;

import dev.barevirt.qmp.wire.WireReply;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The answer to a command that was submitted.
 *
 * @param <R> what the command returns
 */
public final class QmpReply<R> {
  private final ReplyType<R> type;
  private final WireReply reply;

  QmpReply(ReplyType<R> type, WireReply reply) {
    this.type = type;
    this.reply = reply;
  }

  /** The command's id on the wire. */
  public long id() {
    return reply.id();
  }

  /** Waits for the answer, at most so long; see {@link QmpClient#call}. */
  public R await(Duration deadline) throws InterruptedException {
    return type.read(reply.await(deadline));
  }

  /**
   * Done when the answer is there, read on a virtual thread; fails with a {@link
   * dev.barevirt.qmp.wire.WireException}.
   */
  public CompletionStage<R> stage() {
    return reply.stage().thenApplyAsync(type::read, task -> Thread.ofVirtual().start(task));
  }
}
