package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port of this host that only this host can reach. */
final class LoopbackPort {
  private static final int BACKLOG = 16;

  private LoopbackPort() {}

  /** Listens on a port, or on a free one for 0. */
  static ServerSocket listen(int port) {
    if (port < 0 || port > 65_535) {
      throw CliFailure.usage("port " + port + " is not between 0 and 65535");
    }
    try {
      return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw CliFailure.of(
              ExitCode.CONFLICT, "cannot listen on port " + port + ": " + e.getMessage())
          .advising("name another port");
    }
  }

  /** Whether something listens on a port. */
  static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
