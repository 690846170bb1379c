package dev.barevirt.agent.stream;

import dev.barevirt.qmp.wire.ByteSink;
import dev.barevirt.qmp.wire.ByteStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/**
 * Copies bytes between a websocket and a guest's stream until one of them ends. Whoever does not
 * read holds the other up; nothing is kept for them here, and nothing is looked at.
 */
final class StreamRelay {
  private final ServerWebSocket viewer;
  private final ByteStream guest;

  private StreamRelay(ServerWebSocket viewer, ByteStream guest) {
    this.viewer = viewer;
    this.guest = guest;
  }

  /** Begins; on the websocket's own thread. */
  static StreamRelay start(ServerWebSocket viewer, ByteStream guest, Runnable ended) {
    StreamRelay relay = new StreamRelay(viewer, guest);
    viewer.closeHandler(
        _ -> {
          guest.close();
          ended.run();
        });
    viewer.exceptionHandler(_ -> guest.close());
    viewer.handler(relay::toGuest);
    viewer.drainHandler(_ -> guest.resume());
    guest.whenDrained(viewer::resume);
    guest.receive(relay.new FromGuest());
    viewer.resume();
    return relay;
  }

  /** The pause comes before the bytes, so that a drain which is faster than this is not missed. */
  private void toGuest(Buffer bytes) {
    viewer.pause();
    if (guest.offer(bytes.getBytes())) {
      viewer.resume();
    }
  }

  /** Ends both sides; the viewer is told that this was the end. */
  void close() {
    guest.close();
    var _ = viewer.close();
  }

  private final class FromGuest implements ByteSink {
    @Override
    public void bytes(byte[] bytes) {
      var _ = viewer.writeBinaryMessage(Buffer.buffer(bytes));
      if (viewer.writeQueueFull()) {
        guest.pause();
        if (!viewer.writeQueueFull()) {
          guest.resume(); // drained before it was paused
        }
      }
    }

    @Override
    public void end() {
      var _ = viewer.close();
    }
  }
}
