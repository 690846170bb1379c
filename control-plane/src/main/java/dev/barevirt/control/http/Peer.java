package dev.barevirt.control.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * An open connection to what a client wants to reach. Nothing is read from it before it is handed
 * over in an answer; who does not hand it over closes it.
 */
public final class Peer implements AutoCloseable {
  /** How a connection is given up. */
  interface Closing {
    Future<Void> close();
  }

  private final ReadStream<Buffer> from;
  private final WriteStream<Buffer> to;
  private final Closing closing;

  Peer(ReadStream<Buffer> from, WriteStream<Buffer> to, Closing closing) {
    this.from = from;
    this.to = to;
    this.closing = closing;
    from.pause();
  }

  ReadStream<Buffer> from() {
    return from;
  }

  WriteStream<Buffer> to() {
    return to;
  }

  @Override
  public void close() {
    closing.close();
  }
}
