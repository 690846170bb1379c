package dev.barevirt.agent.network;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.barevirt.qmp.wire.OwnedFd;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The calls of 64-bit Linux that enter a network namespace and open what is handed to launchers.
 *
 * <p>Safe because every pointer passed lives in an arena that outlives the call, every structure
 * has the size the kernel reads, and no call keeps a pointer after it returns.
 */
final class NativeCalls {
  private static final int O_RDWR_CLOEXEC = 2 | 0x8_0000;
  private static final int O_RDONLY_CLOEXEC = 0x8_0000;
  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final long TUNSETIFF = 0x400454caL;
  private static final int TAP_NO_PI_VNET_HDR = 0x0002 | 0x1000 | 0x4000;
  private static final int IFREQ_BYTES = 40;
  private static final int NAME_BYTES = 16;
  private static final int AF_INET = 2;
  private static final int DATAGRAM_CLOEXEC = 2 | 0x8_0000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_BROADCAST = 6;
  private static final int SO_NO_CHECK = 11;
  private static final int SO_BINDTODEVICE = 25;
  private static final int DHCP_SERVER_PORT = 67;
  private static final int SOCKADDR_BYTES = 16;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle OPEN = variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle IOCTL =
      variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle SETNS = plain("setns", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SOCKET =
      plain("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SETSOCKOPT =
      plain("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle BIND = plain("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

  private NativeCalls() {}

  /** Opens a namespace's file. */
  static OwnedFd openNamespace(Path file) {
    return open(file.toString(), O_RDONLY_CLOEXEC);
  }

  /** Moves the calling thread into a network namespace; it must be a platform thread. */
  static void enterNetwork(OwnedFd namespace) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
      check(
          "enter a network namespace",
          errno,
          (int) SETNS.invokeExact(errno, namespace.number(), CLONE_NEWNET));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Makes a tap device in the thread's namespace, which goes when its descriptor is closed. */
  static OwnedFd openTap(String name) {
    OwnedFd queue = open("/dev/net/tun", O_RDWR_CLOEXEC);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
      MemorySegment request = arena.allocate(IFREQ_BYTES, 8);
      request.setString(0, name, StandardCharsets.US_ASCII);
      request.set(ValueLayout.JAVA_SHORT, NAME_BYTES, (short) TAP_NO_PI_VNET_HDR);
      check(
          "make tap " + name,
          errno,
          (int) IOCTL.invokeExact(errno, queue.number(), TUNSETIFF, request));
      return queue;
    } catch (Throwable e) {
      queue.close();
      throw failed(e);
    }
  }

  /**
   * A UDP socket that hears DHCP requests on one device and nowhere else. It sends no checksums,
   * which UDP allows: those the kernel leaves to a card would reach the guest unfinished.
   */
  static OwnedFd dhcpServerSocket(String device) {
    OwnedFd socket = null;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
      int number = (int) SOCKET.invokeExact(errno, AF_INET, DATAGRAM_CLOEXEC, 0);
      check("make a socket", errno, number);
      socket = OwnedFd.of(number);
      MemorySegment one = arena.allocateFrom(JAVA_INT, 1);
      option(errno, number, SO_REUSEADDR, one);
      option(errno, number, SO_BROADCAST, one);
      option(errno, number, SO_NO_CHECK, one);
      option(errno, number, SO_BINDTODEVICE, arena.allocateFrom(device));
      MemorySegment address = arena.allocate(SOCKADDR_BYTES, 8);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
      address.set(ValueLayout.JAVA_BYTE, 3, (byte) DHCP_SERVER_PORT); // big-endian port
      check(
          "bind the DHCP port on " + device,
          errno,
          (int) BIND.invokeExact(errno, number, address, SOCKADDR_BYTES));
      return socket;
    } catch (Throwable e) {
      if (socket != null) {
        socket.close();
      }
      throw failed(e);
    }
  }

  private static void option(MemorySegment errno, int socket, int option, MemorySegment value)
      throws Throwable {
    int result =
        (int)
            SETSOCKOPT.invokeExact(
                errno, socket, SOL_SOCKET, option, value, (int) value.byteSize());
    check("set socket option " + option, errno, result);
  }

  private static OwnedFd open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(ERRNO_LAYOUT);
      int number = (int) OPEN.invokeExact(errno, arena.allocateFrom(path), flags);
      check("open " + path, errno, number);
      return OwnedFd.of(number);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static void check(String what, MemorySegment errno, int result) {
    if (result < 0) {
      throw new NetworkException(
          NetworkException.Kind.FAILED, "cannot " + what + ": errno " + (int) ERRNO.get(errno, 0L));
    }
  }

  private static MethodHandle plain(String name, ValueLayout result, ValueLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(
      String name, int fixed, ValueLayout result, ValueLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  private static RuntimeException failed(Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("a native call threw", e);
  }
}
