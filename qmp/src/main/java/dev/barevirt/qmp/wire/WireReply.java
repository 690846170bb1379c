package dev.barevirt.qmp.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The answer to one command, now or later. A command cannot be taken back: giving up waiting leaves
 * its place in the queue taken until the peer answers, and the answer then goes to {@link
 * WireListener#late}.
 */
public final class WireReply {
  private enum State {
    WAITING,
    SENT,
    ABANDONED
  }

  private final WireConnection connection;
  private final WireCommand command;
  private final CompletableFuture<RawJson> result = new CompletableFuture<>();
  private final boolean opensStream;

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final long id;
  private long sentNanos; // on the loop

  WireReply(WireConnection connection, WireCommand command, long id, boolean opensStream) {
    this.connection = connection;
    this.command = command;
    this.id = id;
    this.opensStream = opensStream;
  }

  /** The command's id on the wire. */
  public long id() {
    return id;
  }

  /** Waits for the answer, at most so long; then gives up. */
  public RawJson await(Duration deadline) throws InterruptedException {
    try {
      return result.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      boolean sent = giveUp();
      if (result.isDone()) {
        return await(Duration.ZERO);
      }
      throw new WireException.TimedOut(command.name(), id, deadline, sent);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WireException cause) {
        throw cause;
      }
      throw new IllegalStateException(command.name() + " failed", e.getCause());
    } catch (InterruptedException e) {
      giveUp();
      throw e;
    }
  }

  /** The answer as a stage, completed on the event loop: what depends on it must not block. */
  public CompletionStage<RawJson> stage() {
    return result.minimalCompletionStage();
  }

  WireCommand command() {
    return command;
  }

  boolean opensStream() {
    return opensStream;
  }

  private boolean giveUp() {
    boolean unsent = state.compareAndSet(State.WAITING, State.ABANDONED);
    if (unsent) {
      connection.forget(this);
    } else {
      state.set(State.ABANDONED);
    }
    return !unsent;
  }

  /** Marks the command as sent; false when its caller has given up before. */
  boolean send(long nanos) {
    sentNanos = nanos;
    return state.compareAndSet(State.WAITING, State.SENT);
  }

  boolean isAbandoned() {
    return state.get() == State.ABANDONED;
  }

  long sentNanos() {
    return sentNanos;
  }

  void succeed(RawJson value) {
    result.complete(value);
  }

  void fail(WireException cause) {
    result.completeExceptionally(cause);
  }
}
