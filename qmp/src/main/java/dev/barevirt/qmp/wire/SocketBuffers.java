package dev.barevirt.qmp.wire;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory through which one thread at a time sends and receives: a single buffer serves all
 * sockets of an event loop, since bytes are taken out of it before the next call. Bytes and
 * descriptors travel in one {@code sendmsg}, so that a descriptor arrives together with the command
 * that names it.
 */
final class SocketBuffers {
  /** What an event loop reads and writes at a time. */
  static final int SIZE = 32 * 1024;

  /** What a thread beside the loop writes at a time: most commands fit. */
  private static final int SMALL = 2 * 1024;

  /** The most descriptors one message carries here; Linux allows 253. */
  static final int MOST_DESCRIPTORS = 28;

  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int CMSG_HEADER = 16;

  // struct msghdr of 64-bit Linux
  private static final int HEADER_SIZE = 56;
  private static final int AT_IOV = 16;
  private static final int AT_IOV_COUNT = 24;
  private static final int AT_CONTROL = 32;
  private static final int AT_CONTROL_LENGTH = 40;
  private static final int AT_FLAGS = 48;

  private final MemorySegment errno;
  private final MemorySegment data;
  private final MemorySegment control;
  private final MemorySegment iov;
  private final MemorySegment header;
  private final byte[] received;

  private SocketBuffers(Arena arena, int size, int receives) {
    errno = Posix.errnoMemory(arena);
    data = arena.allocate(size, 8);
    control = arena.allocate(CMSG_HEADER + 4L * MOST_DESCRIPTORS, 8);
    iov = arena.allocate(16, 8);
    header = arena.allocate(HEADER_SIZE, 8);
    received = new byte[receives];
    iov.set(ADDRESS, 0, data);
    header.set(ADDRESS, AT_IOV, iov);
    header.set(JAVA_LONG, AT_IOV_COUNT, 1);
  }

  /** For an event loop. */
  static SocketBuffers ofLoop() {
    return new SocketBuffers(Arena.ofAuto(), SIZE, SIZE);
  }

  /** For sending only, beside the loop. */
  static SocketBuffers forSending() {
    return new SocketBuffers(Arena.ofAuto(), SMALL, 0);
  }

  MemorySegment errno() {
    return errno;
  }

  /** Where {@link #receive} leaves the bytes, until the next call. */
  byte[] received() {
    return received;
  }

  /** Sends what fits of the bytes from an offset on, with the descriptors; may send less. */
  int send(int fd, byte[] bytes, int offset, List<OwnedFd> descriptors) {
    int length = (int) Math.min(data.byteSize(), bytes.length - offset);
    MemorySegment.copy(bytes, offset, data, JAVA_BYTE, 0, length);
    iov.set(JAVA_LONG, 8, length);
    int count = descriptors.size();
    if (count == 0) {
      control(MemorySegment.NULL, 0);
    } else {
      long size = CMSG_HEADER + 4L * count;
      control.set(JAVA_LONG, 0, size);
      control.set(JAVA_INT, 8, SOL_SOCKET);
      control.set(JAVA_INT, 12, SCM_RIGHTS);
      for (int i = 0; i < count; i++) {
        control.set(JAVA_INT, CMSG_HEADER + 4L * i, descriptors.get(i).number());
      }
      control(control, (size + 7) & ~7L);
    }
    return Posix.sendmsg(errno, fd, header);
  }

  /**
   * Receives into {@link #received()}; descriptors that came along are added to the list.
   *
   * @return the number of bytes, 0 at the end of the stream, or a negated errno
   */
  int receive(int fd, List<OwnedFd> descriptors) {
    iov.set(JAVA_LONG, 8, SIZE);
    control(control, control.byteSize());
    int length = Posix.recvmsg(errno, fd, header);
    if (length < 0) {
      return length;
    }
    if (header.get(JAVA_LONG, AT_CONTROL_LENGTH) >= CMSG_HEADER) {
      collect(descriptors);
    }
    MemorySegment.copy(data, JAVA_BYTE, 0, received, 0, length);
    return length;
  }

  private void collect(List<OwnedFd> descriptors) {
    boolean rights =
        control.get(JAVA_INT, 8) == SOL_SOCKET && control.get(JAVA_INT, 12) == SCM_RIGHTS;
    if (!rights) {
      return;
    }
    long end = Math.min(control.get(JAVA_LONG, 0), control.byteSize());
    List<OwnedFd> came = new ArrayList<>();
    for (long at = CMSG_HEADER; at + 4 <= end; at += 4) {
      came.add(OwnedFd.of(control.get(JAVA_INT, at)));
    }
    descriptors.addAll(came);
  }

  private void control(MemorySegment segment, long length) {
    header.set(ADDRESS, AT_CONTROL, segment);
    header.set(JAVA_LONG, AT_CONTROL_LENGTH, length);
    header.set(JAVA_INT, AT_FLAGS, 0);
  }
}
