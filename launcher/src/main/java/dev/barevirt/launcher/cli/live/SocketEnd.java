package dev.barevirt.launcher.cli.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** A TCP connection as one end of a relay. */
public record SocketEnd(Socket socket) implements TcpRelay.End {
  @Override
  public void copyTo(OutputStream out) throws IOException {
    socket.getInputStream().transferTo(out);
  }

  @Override
  public void copyFrom(InputStream in) throws IOException {
    in.transferTo(socket.getOutputStream());
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + socket, e);
    }
  }
}
