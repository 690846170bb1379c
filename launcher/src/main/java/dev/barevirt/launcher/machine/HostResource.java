package dev.barevirt.launcher.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something of the host that QEMU needs and the launcher opens for it. It has a symbolic name here;
 * file descriptor numbers are given when QEMU is spawned ({@link FdTable}).
 */
public sealed interface HostResource {
  /** The name, unique in one machine. */
  String name();

  /** How many file descriptors QEMU inherits for it. */
  int fdCount();

  /**
   * A unix socket on which the launcher listens, handed to a {@code -chardev socket} as its server.
   *
   * @param name the symbolic name
   * @param path where the socket is bound
   */
  record Listener(String name, String path) implements HostResource {
    @Override
    public int fdCount() {
      return 1;
    }
  }

  /**
   * A disk image, a block device or another file, handed to a {@code file} or {@code host_device}
   * node as an fd set, which QEMU searches for a descriptor with the access it wants.
   *
   * @param name the symbolic name
   * @param path the file
   * @param modes how it is opened: one descriptor each
   */
  record FdSet(String name, String path, List<OpenMode> modes) implements HostResource {
    /** Copies the modes. */
    public FdSet {
      modes = List.copyOf(modes);
    }

    /** A file that QEMU may only read. */
    public static FdSet readOnly(String name, String path) {
      return new FdSet(name, path, List.of(OpenMode.READ_ONLY));
    }

    /** A file that QEMU writes, and re-opens for reading while it probes locks. */
    public static FdSet readWrite(String name, String path) {
      return new FdSet(name, path, List.of(OpenMode.READ_WRITE, OpenMode.READ_ONLY));
    }

    @Override
    public int fdCount() {
      return modes.size();
    }
  }

  /**
   * How a file of an {@link FdSet} is opened.
   *
   * @param writable for reading and writing rather than reading alone
   * @param direct without the page cache (O_DIRECT)
   */
  record OpenMode(boolean writable, boolean direct) {
    /** For reading. */
    public static final OpenMode READ_ONLY = new OpenMode(false, false);

    /** For reading and writing. */
    public static final OpenMode READ_WRITE = new OpenMode(true, false);
  }

  /**
   * A file that QEMU opens by name and only reads: a kernel, a table. The launcher opens it, so
   * that QEMU's user needs no permission on the directories above it.
   *
   * @param name the symbolic name
   * @param path the file
   */
  record ReadableFile(String name, String path) implements HostResource {
    @Override
    public int fdCount() {
      return 1;
    }
  }

  /**
   * A device node that QEMU is given open, such as {@code /dev/vhost-vsock}.
   *
   * @param name the symbolic name
   * @param path the device node
   * @param option the member that takes the fd
   */
  record DeviceNode(String name, String path, String option) implements HostResource {
    @Override
    public int fdCount() {
      return 1;
    }
  }

  /**
   * A tap device, one descriptor per queue, and as many of vhost-net where the host has it.
   *
   * @param name the symbolic name
   * @param ifName the tap to open; absent when the launcher was itself given the descriptors
   * @param bridge the bridge a new tap joins; absent when the tap exists
   * @param queues the number of queues
   * @param vhost whether the host's kernel moves the packets
   * @param given the names of the descriptors the launcher was given, queues first; empty when it
   *     opens them itself
   */
  record Tap(
      String name,
      @Nullable String ifName,
      @Nullable String bridge,
      int queues,
      boolean vhost,
      List<String> given)
      implements HostResource {
    /** Copies the names. */
    public Tap {
      given = List.copyOf(given);
    }

    @Override
    public int fdCount() {
      return vhost ? 2 * queues : queues;
    }
  }
}
