package dev.barevirt.qmp.wire;

/**
 * Who connected, as the kernel says.
 *
 * @param pid the process that called connect
 * @param uid its user
 * @param gid its group
 */
public record PeerCredentials(int pid, int uid, int gid) {
  static PeerCredentials of(OwnedFd socket) {
    int[] ids = new int[3];
    int result = Posix.peerCredentials(socket.number(), ids);
    if (result < 0) {
      throw new WireException.Unreachable("ask who connected: " + Posix.describe(-result));
    }
    return new PeerCredentials(ids[0], ids[1], ids[2]);
  }
}
