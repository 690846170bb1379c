package dev.barevirt.control.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** The datagrams that one address sends; those nobody has room for are lost, as datagrams are. */
final class Datagrams implements ReadStream<Buffer> {
  private @Nullable Handler<Buffer> handler;
  private boolean paused;

  Datagrams(DatagramSocket socket, String host, int port) {
    socket.handler(
        packet -> {
          Handler<Buffer> taker = handler;
          boolean expected =
              packet.sender().port() == port && packet.sender().hostAddress().equals(host);
          if (expected && taker != null && !paused) {
            taker.handle(packet.data());
          }
        });
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
    this.handler = handler;
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    paused = true;
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    paused = false;
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    return resume();
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
    return this;
  }
}
