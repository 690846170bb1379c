package dev.barevirt.launcher.cli.spec;

import dev.barevirt.api.v1.VirtualMachineInstance;

/**
 * Annotations that say what a manifest cannot: how this one host provides a network or a port. They
 * keep a manifest printed by {@code --dry-run=spec} complete, so that {@code run -f} does the same
 * as the flags did.
 */
public final class HostNotes {
  /** Prefix of all of them. */
  public static final String PREFIX = "launcher.barevirt.dev/";

  /** Forwarded ports, comma separated, as given to {@code -p}. */
  public static final String PUBLISH = PREFIX + "publish";

  /** Followed by the network's name: {@code user}, {@code tap=DEVICE} or {@code bridge=NAME}. */
  public static final String NETWORK = PREFIX + "network.";

  /**
   * Followed by a secret's or config map's name: the directory on this host that holds its keys.
   */
  public static final String FILES = PREFIX + "files.";

  /** {@code "true"} when images of its disks may name backing files on this host. */
  public static final String BACKING = PREFIX + "allow-backing";

  /** The user that ssh and cp log in as. */
  public static final String USER = PREFIX + "user";

  /** Prefix of an image reference that is a path on this host. */
  public static final String FILE_IMAGE = "file://";

  private HostNotes() {}

  /** Whether a machine's images may name backing files on this host. */
  public static boolean allowsBacking(VirtualMachineInstance vmi) {
    return "true".equals(vmi.metadata().annotations().get(BACKING));
  }
}
