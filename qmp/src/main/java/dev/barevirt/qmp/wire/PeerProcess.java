package dev.barevirt.qmp.wire;

/**
 * The process that connected, held so that its number cannot come to mean another one unnoticed:
 * whatever is read of it under {@code /proc} while {@link #isAlive()} is true before and after was
 * read of that process.
 *
 * <p>Since Linux 6.5 the socket itself tells the process. Before, its number is looked up when the
 * connection is accepted, which leaves the moment between connecting and being accepted in which
 * the number could have been given to another.
 */
public final class PeerProcess implements AutoCloseable {
  private static final int ENOPROTOOPT = 92;

  private final PeerCredentials credentials;
  private final OwnedFd process;

  private PeerProcess(PeerCredentials credentials, OwnedFd process) {
    this.credentials = credentials;
    this.process = process;
  }

  /**
   * The process at the other end of an accepted connection.
   *
   * @throws WireException.Unreachable when it is gone
   */
  public static PeerProcess of(OwnedFd socket) {
    PeerCredentials credentials = PeerCredentials.of(socket);
    int process = Posix.peerProcess(socket.number());
    if (process == -ENOPROTOOPT) {
      process = Posix.openProcess(credentials.pid());
    }
    if (process < 0) {
      throw new WireException.Unreachable(
          "find process " + credentials.pid() + ", which connected: " + Posix.describe(-process));
    }
    return new PeerProcess(credentials, OwnedFd.of(process));
  }

  /** Who it is, as the kernel says. */
  public PeerCredentials credentials() {
    return credentials;
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return !Posix.isReadable(process.number());
  }

  @Override
  public void close() {
    process.close();
  }
}
