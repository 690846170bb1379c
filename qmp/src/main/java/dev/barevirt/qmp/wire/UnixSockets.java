package dev.barevirt.qmp.wire;

import java.nio.file.Path;

/** Makes the sockets that are handed to a child process or to this package. */
public final class UnixSockets {
  private UnixSockets() {}

  /**
   * Binds a listening stream socket at a path that must not exist yet. The file's permissions come
   * from the process's umask; put it into a directory of mode 0700.
   */
  public static OwnedFd listen(Path path, int backlog) {
    OwnedFd socket = socket(path);
    check(socket, Posix.bind(socket.number(), path), "bind ", path);
    check(socket, Posix.listen(socket.number(), backlog), "listen on ", path);
    return socket;
  }

  /** Connects to a listening socket; fails at once when nobody listens or its backlog is full. */
  public static OwnedFd connect(Path path) {
    OwnedFd socket = socket(path);
    check(socket, Posix.connect(socket.number(), path), "connect to ", path);
    return socket;
  }

  /** Two sockets connected to each other, in blocking mode. */
  public static Pair pair() {
    int[] numbers = new int[2];
    int result = Posix.socketPair(numbers);
    if (result < 0) {
      throw new WireException.Unreachable("make a socket pair: " + Posix.describe(-result));
    }
    return new Pair(OwnedFd.of(numbers[0]), OwnedFd.of(numbers[1]));
  }

  /**
   * Two ends of one connection.
   *
   * @param here the end this process keeps
   * @param there the end a child inherits
   */
  public record Pair(OwnedFd here, OwnedFd there) {}

  private static OwnedFd socket(Path path) {
    int number = Posix.socket();
    if (number < 0) {
      throw new WireException.Unreachable(
          "make a socket for " + path + ": " + Posix.describe(-number));
    }
    return OwnedFd.of(number);
  }

  private static void check(OwnedFd socket, int result, String act, Path path) {
    if (result < 0) {
      socket.close();
      throw new WireException.Unreachable(act + path + ": " + Posix.describe(-result));
    }
  }
}
