package dev.barevirt.launcher.os;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * A tap device: one descriptor per queue, whose packets carry virtio's header.
 *
 * <p>Safe because every call gets an {@code ifreq} of its full size whose arena outlives the call,
 * and a name is measured before it is copied into it.
 *
 * @param name its name on the host
 * @param queues its open queues
 */
public record TapDevice(String name, List<OwnedFd> queues) {
  private static final Path TUN = Path.of("/dev/net/tun");
  private static final long TUNSETIFF = 0x400454caL;
  private static final long SIOCGIFFLAGS = 0x8913;
  private static final long SIOCSIFFLAGS = 0x8914;
  private static final long SIOCGIFINDEX = 0x8933;
  private static final long SIOCBRADDIF = 0x89a2;
  private static final int IFF_TAP = 0x0002;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_VNET_HDR = 0x4000;
  private static final int IFF_MULTI_QUEUE = 0x0100;
  private static final int IFF_UP = 0x1;
  private static final int REQUEST_BYTES = 40;
  private static final int NAME_BYTES = 16;
  private static final short AF_INET = 2;
  private static final int DATAGRAM_CLOEXEC = 2 | 02000000;

  public TapDevice {
    queues = List.copyOf(queues);
  }

  /**
   * Opens a tap device that exists, or makes one that goes when its last queue is closed.
   *
   * @param name its name; one with {@code %d} is numbered by the kernel
   */
  public static TapDevice open(String name, int queues) {
    List<OwnedFd> opened = new ArrayList<>();
    String found = name;
    try {
      for (int i = 0; i < queues; i++) {
        OwnedFd queue = OpenFile.open(TUN, EnumSet.of(OpenFlag.READ_WRITE));
        opened.add(queue);
        found = attach(queue, found, queues > 1);
      }
      return new TapDevice(found, opened);
    } catch (OsException refused) {
      opened.forEach(OwnedFd::close);
      throw refused;
    }
  }

  /** Puts it into a bridge and switches it on. */
  public void joinBridge(String bridge) {
    int socket = (int) Syscall.SOCKET.orThrow("make a socket", AF_INET, DATAGRAM_CLOEXEC, 0);
    try (OwnedFd control = OwnedFd.of(socket);
        Arena arena = Arena.ofConfined()) {
      MemorySegment request = named(arena, name);
      String what = "put " + name + " into bridge " + bridge;
      Syscall.IOCTL.orThrow(what, control.number(), SIOCGIFINDEX, request.address());
      int index = request.get(ValueLayout.JAVA_INT, NAME_BYTES);
      MemorySegment joining = named(arena, bridge);
      joining.set(ValueLayout.JAVA_INT, NAME_BYTES, index);
      Syscall.IOCTL.orThrow(what, control.number(), SIOCBRADDIF, joining.address());
      Syscall.IOCTL.orThrow(what, control.number(), SIOCGIFFLAGS, request.address());
      short flags = request.get(ValueLayout.JAVA_SHORT, NAME_BYTES);
      request.set(ValueLayout.JAVA_SHORT, NAME_BYTES, (short) (flags | IFF_UP));
      Syscall.IOCTL.orThrow(what, control.number(), SIOCSIFFLAGS, request.address());
    }
  }

  private static String attach(OwnedFd queue, String name, boolean several) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = named(arena, name);
      int flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | (several ? IFF_MULTI_QUEUE : 0);
      request.set(ValueLayout.JAVA_SHORT, NAME_BYTES, (short) flags);
      Syscall.IOCTL.orThrow("open tap " + name, queue.number(), TUNSETIFF, request.address());
      return request.getString(0, StandardCharsets.US_ASCII);
    }
  }

  private static MemorySegment named(Arena arena, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= NAME_BYTES || name.indexOf('\0') >= 0) {
      throw OsException.refused(
          "a network device's name has at most 15 bytes: " + name, Errno.EINVAL);
    }
    MemorySegment request = arena.allocate(REQUEST_BYTES, 8);
    MemorySegment.copy(bytes, 0, request, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return request;
  }
}
