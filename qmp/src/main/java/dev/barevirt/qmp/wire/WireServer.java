package dev.barevirt.qmp.wire;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a socket and serves commands in the QMP envelope to those who connect. */
public final class WireServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WireServer.class);
  private static final int BACKLOG = 16;

  private final WireLoop loop;
  private final WireLimits limits;
  private final WireService service;
  private final Set<WirePeer> peers = new HashSet<>(); // on the loop
  private final WireDoor door;

  private WireServer(WireLoop loop, OwnedFd socket, WireLimits limits, WireService service) {
    this.loop = loop;
    this.limits = limits;
    this.service = service;
    this.door = WireDoor.open(loop, socket, this::accept);
  }

  /** Binds a path that must not exist yet, and listens. */
  public static WireServer listen(
      WireLoop loop, Path path, WireLimits limits, WireService service) {
    return over(loop, UnixSockets.listen(path, BACKLOG), limits, service);
  }

  /** Takes a socket that listens already, such as an inherited one. */
  public static WireServer over(
      WireLoop loop, OwnedFd socket, WireLimits limits, WireService service) {
    return new WireServer(loop, socket, limits, service);
  }

  /** Sends an event to every peer that is connected now. */
  public void broadcast(WireEvent event) {
    loop.execute(() -> List.copyOf(peers).forEach(peer -> peer.send(event)));
  }

  /** Stops listening and closes every connection once what it was told has been sent. */
  @Override
  public void close() {
    door.close();
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      loop.execute(
          () -> {
            List.copyOf(peers).forEach(WirePeer::close);
            done.complete(null);
          });
      done.join();
    } catch (WireException.Disconnected _) {
      // The loop has ended, and every socket with it.
    }
  }

  private void accept(OwnedFd socket) {
    PeerCredentials who;
    try {
      who = PeerCredentials.of(socket);
    } catch (WireException.Unreachable _) {
      socket.close();
      return;
    }
    if (peers.size() >= limits.peers() || !service.admits(who)) {
      LOG.atWarn().addKeyValue("peer", who).log("connection turned away");
      socket.close();
      return;
    }
    peers.add(WirePeer.serve(loop, socket, limits, service, peers::remove));
  }
}
