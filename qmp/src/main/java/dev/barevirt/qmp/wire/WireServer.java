package dev.barevirt.qmp.wire;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a socket and serves commands in the QMP envelope to those who connect. */
public final class WireServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WireServer.class);
  private static final int BACKLOG = 16;
  private static final Duration REST = Duration.ofSeconds(1);

  private final WireLoop loop;
  private final WireLimits limits;
  private final WireService service;
  private final Set<WirePeer> peers = new HashSet<>(); // on the loop
  private final Door door;

  private WireServer(WireLoop loop, OwnedFd socket, WireLimits limits, WireService service) {
    this.loop = loop;
    this.limits = limits;
    this.service = service;
    Posix.makeNonBlocking(socket.number());
    this.door = new Door(socket);
  }

  /** Binds a path that must not exist yet, and listens. */
  public static WireServer listen(
      WireLoop loop, Path path, WireLimits limits, WireService service) {
    return over(loop, UnixSockets.listen(path, BACKLOG), limits, service);
  }

  /** Takes a socket that listens already, such as an inherited one. */
  public static WireServer over(
      WireLoop loop, OwnedFd socket, WireLimits limits, WireService service) {
    WireServer server = new WireServer(loop, socket, limits, service);
    loop.register(server.door, server.door::opened, _ -> server.door.shut());
    return server;
  }

  /** Sends an event to every peer that is connected now. */
  public void broadcast(WireEvent event) {
    loop.execute(() -> List.copyOf(peers).forEach(peer -> peer.send(event)));
  }

  /** Stops listening and closes every connection once what it was told has been sent. */
  @Override
  public void close() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      loop.execute(
          () -> {
            door.shut();
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

  /** The listening socket. */
  private final class Door implements EpollIoHandle {
    private final OwnedFd socket;
    private final FileDescriptor descriptor;
    private @Nullable IoRegistration registration; // absent until the loop has taken the socket
    private boolean shut;

    Door(OwnedFd socket) {
      this.socket = socket;
      this.descriptor = new FileDescriptor(socket.number());
    }

    void opened(IoRegistration to) {
      registration = to;
      if (shut) {
        to.cancel();
      } else {
        to.submit(EpollIoOps.EPOLLIN);
      }
    }

    void shut() {
      if (!shut) {
        shut = true;
        IoRegistration r = registration;
        if (r != null && r.isValid()) {
          r.cancel();
        }
        socket.close();
      }
    }

    @Override
    public void handle(IoRegistration from, IoEvent event) {
      while (!shut) {
        int accepted = Posix.accept(loop.buffers().errno(), socket.number());
        if (accepted >= 0) {
          WireServer.this.accept(OwnedFd.of(accepted));
        } else if (accepted == -Posix.EAGAIN) {
          return;
        } else if (accepted != -Posix.EINTR && accepted != -Posix.ECONNABORTED) {
          LOG.atWarn().log("accept a connection: {}", Posix.describe(-accepted));
          rest(from);
          return;
        }
      }
    }

    /** Out of descriptors, most likely: the one who waits is reported for ever until accepted. */
    private void rest(IoRegistration from) {
      from.submit(EpollIoOps.NONE);
      loop.schedule(
          () -> {
            if (!shut) {
              from.submit(EpollIoOps.EPOLLIN);
            }
          },
          REST);
    }

    @Override
    public FileDescriptor fd() {
      return descriptor;
    }

    @Override
    public void close() {
      shut();
    }
  }
}
