package dev.barevirt.virtctl.stream;

import dev.barevirt.virtctl.api.ApiClient;
import dev.barevirt.virtctl.api.ApiFailure;
import dev.barevirt.virtctl.api.ConnectionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A local UDP port; each of its peers becomes a stream of the API, each datagram a message. */
public final class UdpForward implements Runnable {
  private static final int LARGEST = 65_507;

  private final DatagramSocket server;
  private final ApiClient api;
  private final String path;
  private final Consumer<String> notes;
  private final Map<SocketAddress, ApiStream> streams = new ConcurrentHashMap<>();

  private UdpForward(DatagramSocket server, ApiClient api, String path, Consumer<String> notes) {
    this.server = server;
    this.api = api;
    this.path = path;
    this.notes = notes;
  }

  /** Listens; port 0 takes a free one. */
  public static UdpForward on(
      InetAddress address, int port, ApiClient api, String path, Consumer<String> notes)
      throws IOException {
    return new UdpForward(new DatagramSocket(port, address), api, path, notes);
  }

  /** The port it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Forwards datagrams until the process ends. */
  @Override
  public void run() {
    byte[] buffer = new byte[LARGEST];
    while (!server.isClosed()) {
      DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
      try {
        server.receive(datagram);
      } catch (IOException e) {
        notes.accept("no more datagrams on port %d: %s".formatted(port(), e.getMessage()));
        return;
      }
      forward(datagram);
    }
  }

  /** A datagram that cannot be sent is lost, as datagrams may be. */
  private void forward(DatagramPacket datagram) {
    SocketAddress peer = datagram.getSocketAddress();
    try {
      ApiStream stream = streams.get(peer);
      if (stream == null) {
        stream = ApiStream.open(api, path, new Answers(server, peer));
        streams.put(peer, stream);
        ApiStream opened = stream;
        Thread.ofVirtual().start(() -> forget(peer, opened));
      }
      stream.send(datagram.getData(), datagram.getLength());
    } catch (ApiFailure | ConnectionException | IOException e) {
      notes.accept("cannot forward a datagram to port %d: %s".formatted(port(), e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget(SocketAddress peer, ApiStream stream) {
    stream.await();
    streams.remove(peer, stream);
  }

  /** Datagrams back to a peer. A message may come in parts. */
  private static final class Answers implements Sink {
    private final DatagramSocket socket;
    private final SocketAddress peer;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    Answers(DatagramSocket socket, SocketAddress peer) {
      this.socket = socket;
      this.peer = peer;
    }

    @Override
    public void take(ByteBuffer bytes, boolean last) throws IOException {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      parts.writeBytes(copy);
      if (last) {
        byte[] message = parts.toByteArray();
        parts.reset();
        socket.send(new DatagramPacket(message, message.length, peer));
      }
    }
  }
}
