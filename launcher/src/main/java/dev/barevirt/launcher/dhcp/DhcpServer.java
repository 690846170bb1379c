package dev.barevirt.launcher.dhcp;

import dev.barevirt.launcher.os.DatagramSocket;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.qmp.wire.OwnedFd;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one guest's DHCP on a socket that somebody bound for this process. One datagram at a
 * time, so a guest that asks without end costs its own pod's time and no memory.
 */
public final class DhcpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);
  private static final int CLIENT_PORT = 68;
  private static final int LONGEST = 1500;
  private static final int MOST_TROUBLE = 100;
  private static final long STACK_BYTES = 128 * 1024;

  private final DatagramSocket socket;
  private final DhcpResponder responder;
  private final AtomicBoolean closing = new AtomicBoolean();

  private DhcpServer(DatagramSocket socket, DhcpLease lease) {
    this.socket = socket;
    this.responder = new DhcpResponder(lease);
  }

  /** Begins to answer; takes the socket. Waiting for datagrams would hold a carrier thread. */
  public static DhcpServer start(OwnedFd bound, DhcpLease lease) {
    DhcpServer server = new DhcpServer(new DatagramSocket(bound), lease);
    Thread.ofPlatform().daemon().name("dhcp").stackSize(STACK_BYTES).start(server::work);
    return server;
  }

  private void work() {
    int trouble = 0;
    try (socket) {
      while (!closing.get() && trouble < MOST_TROUBLE) {
        try {
          responder
              .answer(socket.receive(LONGEST))
              .ifPresent(answer -> socket.send(answer.bytes(), answer.to().bits(), CLIENT_PORT));
          trouble = 0;
        } catch (OsException refused) {
          trouble++;
          LOG.info("a guest's DHCP was not answered: {}", refused.getMessage());
        }
      }
    }
    if (!closing.get()) {
      LOG.warn("DHCP is not answered any more: the socket only fails");
    }
  }

  /** Answers nothing more. */
  @Override
  public void close() {
    closing.set(true);
    socket.wake();
  }
}
