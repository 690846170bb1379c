package dev.barevirt.agent.stream;

import dev.barevirt.qmp.wire.ByteStream;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Who looks at which stream. Where there is one place only, the next one closes the former. */
final class Viewers implements AutoCloseable {
  private final Map<String, StreamRelay> relays = new ConcurrentHashMap<>();

  /** Whether somebody is at a place. */
  boolean isTaken(String place) {
    return relays.containsKey(place);
  }

  /** Relays a stream to a viewer, who takes the place; on the websocket's own thread. */
  void seat(String place, ServerWebSocket viewer, ByteStream stream) {
    var _ = viewer.pause();
    AtomicReference<StreamRelay> own = new AtomicReference<>();
    StreamRelay started =
        StreamRelay.start(
            viewer,
            stream,
            () -> {
              StreamRelay ended = own.get();
              if (ended != null) {
                relays.remove(place, ended);
              }
            });
    own.set(started);
    StreamRelay former = relays.put(place, started);
    if (former != null) {
      former.close();
    }
  }

  @Override
  public void close() {
    relays.values().forEach(StreamRelay::close);
  }
}
