package dev.barevirt.virtctl.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** A local port for one viewer, whose bytes go to one stream. */
public final class ViewerPort implements AutoCloseable {
  private final ServerSocket server;

  private ViewerPort(ServerSocket server) {
    this.server = server;
  }

  /** Listens; port 0 takes a free one. */
  public static ViewerPort on(InetAddress address, int port) throws IOException {
    return new ViewerPort(new ServerSocket(port, 1, address));
  }

  /** The port it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Waits for the viewer; nobody else gets in afterwards. */
  public Socket viewer() throws IOException {
    try (server) {
      return server.accept();
    } catch (SocketException e) {
      throw new IOException("the viewer has ended without looking at the screen", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
