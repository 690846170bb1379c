package dev.barevirt.launcher.cli.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** Accepts local TCP connections and connects each to something in or of a machine. */
public final class TcpRelay implements AutoCloseable {
  private final ServerSocket listening;
  private final Far far;

  /** Opens the other end for one more connection. */
  @FunctionalInterface
  public interface Far {
    /** The other end; closing it ends both ways. */
    End open() throws IOException, InterruptedException;
  }

  /** The other end of a connection. */
  public interface End extends AutoCloseable {
    /** Copies what comes from there, until it ends. */
    void copyTo(OutputStream out) throws IOException, InterruptedException;

    /** Copies there what is read, until it ends. */
    void copyFrom(InputStream in) throws IOException, InterruptedException;

    @Override
    void close();
  }

  /** A relay behind a socket that listens already. */
  public TcpRelay(ServerSocket listening, Far far) {
    this.listening = listening;
    this.far = far;
  }

  /** Serves until closed; each connection on threads of its own. */
  public void serve() throws IOException {
    while (true) {
      try {
        Socket near = listening.accept();
        Thread.ofVirtual().start(() -> relay(near));
      } catch (SocketException e) {
        if (listening.isClosed()) {
          return;
        }
        throw e;
      }
    }
  }

  private void relay(Socket near) {
    try (near;
        End end = far.open()) {
      near.setTcpNoDelay(true);
      Thread there = Thread.ofVirtual().start(() -> send(near, end));
      end.copyTo(near.getOutputStream());
      near.close();
      there.join();
    } catch (IOException e) {
      // One connection has broken; the next may do better.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(Socket near, End end) {
    try {
      end.copyFrom(near.getInputStream());
    } catch (IOException | RuntimeException e) {
      end.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
