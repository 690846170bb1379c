package dev.barevirt.control.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between a client's websocket and a peer until one of them ends, reading from either
 * no faster than the other takes it.
 */
final class Relay {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int QUEUE = 64 << 10;
  private static final short NORMAL = 1000;
  private static final short FAILED = 1011;
  private static final Buffer PING = Buffer.buffer("keep alive");

  private final Vertx vertx;
  private final ServerWebSocket client;
  private final Peer peer;
  private final Liveness liveness;
  private long timer;
  private long heard = System.nanoTime();
  private boolean over;

  private Relay(Vertx vertx, ServerWebSocket client, Peer peer, Liveness liveness) {
    this.vertx = vertx;
    this.client = client;
    this.peer = peer;
    this.liveness = liveness;
  }

  /** Begins; to be called on the client's context. */
  static void start(Vertx vertx, ServerWebSocket client, Peer peer, Liveness liveness) {
    new Relay(vertx, client, peer, liveness).run();
  }

  private void run() {
    Context mine = vertx.getOrCreateContext();
    client.setWriteQueueMaxSize(QUEUE);
    peer.to().setWriteQueueMaxSize(QUEUE);
    client.closeHandler(_ -> end(NORMAL, "the client left"));
    client.exceptionHandler(failure -> end(FAILED, String.valueOf(failure.getMessage())));
    client.pongHandler(_ -> heard = System.nanoTime());
    peer.from().endHandler(_ -> mine.runOnContext(_ -> end(NORMAL, "the other side ended")));
    peer.from()
        .exceptionHandler(
            failure -> mine.runOnContext(_ -> end(FAILED, String.valueOf(failure.getMessage()))));
    carry(client, peer.to(), true);
    carry(peer.from(), client, false);
    timer = vertx.setPeriodic(liveness.ping().toMillis(), _ -> ask());
    client.resume();
    peer.from().resume();
  }

  private void carry(ReadStream<Buffer> from, WriteStream<Buffer> to, boolean fromClient) {
    from.handler(
        bytes -> {
          if (fromClient) {
            heard = System.nanoTime();
          }
          to.write(bytes);
          if (isFull(to)) {
            from.pause();
            to.drainHandler(_ -> from.resume());
          }
        });
  }

  /** A websocket that is closed says so by throwing until its own handler has ended the relay. */
  private static boolean isFull(WriteStream<Buffer> to) {
    try {
      return to.writeQueueFull();
    } catch (IllegalStateException _) {
      return false;
    }
  }

  private void ask() {
    if (System.nanoTime() - heard > liveness.silence().toNanos()) {
      end(FAILED, "the client does not answer");
    } else {
      client.writePing(PING);
    }
  }

  private void end(short code, String why) {
    if (over) {
      return;
    }
    over = true;
    vertx.cancelTimer(timer);
    LOG.atDebug().addKeyValue("why", why).log("stream ends");
    peer.close();
    if (!client.isClosed()) {
      client.close(code);
    }
  }
}
