package dev.barevirt.virtctl.stream;

import dev.barevirt.virtctl.api.ApiClient;
import dev.barevirt.virtctl.api.ApiFailure;
import dev.barevirt.virtctl.api.ConnectionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A local port whose connections each become a stream of the API. */
public final class TcpForward implements Runnable {
  private static final int BACKLOG = 128;

  private final ServerSocket server;
  private final ApiClient api;
  private final String path;
  private final Consumer<String> notes;

  private TcpForward(ServerSocket server, ApiClient api, String path, Consumer<String> notes) {
    this.server = server;
    this.api = api;
    this.path = path;
    this.notes = notes;
  }

  /** Listens; port 0 takes a free one. */
  public static TcpForward on(
      InetAddress address, int port, ApiClient api, String path, Consumer<String> notes)
      throws IOException {
    return new TcpForward(new ServerSocket(port, BACKLOG, address), api, path, notes);
  }

  /** The port it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Forwards connections until the process ends. */
  @Override
  public void run() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> forward(socket));
      } catch (IOException e) {
        notes.accept("no more connections on port %d: %s".formatted(port(), e.getMessage()));
        return;
      }
    }
  }

  private void forward(Socket socket) {
    try (socket;
        ApiStream stream = ApiStream.open(api, path, ApiStream.into(socket.getOutputStream()))) {
      Thread.ofVirtual().start(() -> send(socket, stream));
      ApiStream.Ending ending = stream.await();
      if (!ending.isNormal()) {
        notes.accept("a connection to port %d was lost: %s".formatted(port(), ending.reason()));
      }
    } catch (ApiFailure | ConnectionException | IOException e) {
      notes.accept("cannot forward a connection to port %d: %s".formatted(port(), e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Socket socket, ApiStream stream) {
    try (stream) {
      stream.sendAll(socket.getInputStream());
    } catch (IOException _) {
      // One side has gone; closing the stream ends the other.
    }
  }
}
