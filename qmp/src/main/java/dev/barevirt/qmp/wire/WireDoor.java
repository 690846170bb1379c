package dev.barevirt.qmp.wire;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket that hands over whoever connects. */
public final class WireDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WireDoor.class);
  private static final Duration REST = Duration.ofSeconds(1);

  private final WireLoop loop;
  private final Consumer<OwnedFd> visitors;
  private final Handle handle;

  private WireDoor(WireLoop loop, OwnedFd socket, Consumer<OwnedFd> visitors) {
    this.loop = loop;
    this.visitors = visitors;
    this.handle = new Handle(socket);
  }

  /**
   * Takes a socket that listens.
   *
   * @param visitors gets each new connection and owns it; called on the event loop, must not block
   */
  public static WireDoor open(WireLoop loop, OwnedFd socket, Consumer<OwnedFd> visitors) {
    Posix.makeNonBlocking(socket.number());
    WireDoor door = new WireDoor(loop, socket, visitors);
    loop.register(door.handle, door.handle::opened, _ -> door.handle.shut());
    return door;
  }

  /** Stops listening; nobody is handed over any more when it returns. */
  @Override
  public void close() {
    if (loop.inLoop()) {
      handle.shut();
      return;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      loop.execute(
          () -> {
            handle.shut();
            done.complete(null);
          });
      done.join();
    } catch (WireException.Disconnected _) {
      // The loop has ended, and every socket with it.
    }
  }

  /** The socket in the loop. */
  private final class Handle implements EpollIoHandle {
    private final OwnedFd socket;
    private final FileDescriptor descriptor;
    private @Nullable IoRegistration registration; // absent until the loop has taken the socket
    private boolean shut;

    Handle(OwnedFd socket) {
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
          visitors.accept(OwnedFd.of(accepted));
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
