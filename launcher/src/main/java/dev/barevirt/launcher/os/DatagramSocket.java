package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A UDP socket over IPv4 that somebody bound for us.
 *
 * <p>Safe because every buffer's length is passed with it, and arenas outlive the calls; one thread
 * receives.
 */
public final class DatagramSocket implements AutoCloseable {
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int O_NONBLOCK = 04000;
  private static final int SHUT_RDWR = 2;
  private static final int ADDRESS_BYTES = 16;
  private static final short AF_INET = 2;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final ValueLayout.OfShort PORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt ADDRESS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final OwnedFd socket;

  /** Takes a bound socket, and makes it one that waits. */
  public DatagramSocket(OwnedFd socket) {
    this.socket = socket;
    long flags = Syscall.FCNTL.orThrow("look at " + socket, socket.number(), F_GETFL);
    Syscall.FCNTL.orThrow(
        "make " + socket + " wait", socket.number(), F_SETFL, flags & ~O_NONBLOCK);
  }

  /**
   * Waits for a datagram.
   *
   * @param most how much of one is kept
   * @return its bytes; empty after {@link #wake()}
   */
  public byte[] receive(int most) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(most);
      while (true) {
        long length = Syscall.RECVFROM.call(socket.number(), buffer.address(), most, 0, 0, 0);
        if (length >= 0) {
          return buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
        if (Errno.of((int) -length) != Errno.EINTR) {
          throw OsException.failed("receive from " + socket, (int) -length);
        }
      }
    }
  }

  /** Sends a datagram to an address, as a number, and a port. */
  public void send(byte[] bytes, int address, int port) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      MemorySegment to = arena.allocate(ADDRESS_BYTES, 4);
      to.set(ValueLayout.JAVA_SHORT, 0, AF_INET);
      to.set(PORT, 2, (short) port);
      to.set(ADDRESS, 4, address);
      Syscall.SENDTO.orThrow(
          "send to a guest",
          socket.number(),
          buffer.address(),
          bytes.length,
          MSG_NOSIGNAL,
          to.address(),
          ADDRESS_BYTES);
    }
  }

  /** Ends the waiting of {@link #receive}, now and later. */
  public void wake() {
    long _ = Syscall.SHUTDOWN.call(socket.number(), SHUT_RDWR); // unconnected: refused, and wakes
  }

  @Override
  public void close() {
    socket.close();
  }
}
