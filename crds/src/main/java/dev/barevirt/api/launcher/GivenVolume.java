package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/**
 * Where a volume of the instance is on this host.
 *
 * @param name the volume's name in the instance
 * @param kind what the path names
 * @param path an absolute path
 * @param format the image's format, when it is known; never guessed by QEMU
 * @param readOnly whether the launcher must not write to it
 */
public record GivenVolume(
    String name, Kind kind, String path, @Nullable Format format, boolean readOnly) {

  /**
   * After a volume's name: the name under which the directory with the network data of its
   * cloud-init seed is given.
   */
  public static final String NETWORK_DATA = ".networkdata";

  /**
   * Before a secret's name: the name under which the directory with the keys of a secret of {@code
   * spec.accessCredentials} is given. No volume has a colon in its name.
   */
  public static final String CREDENTIAL = "credential:";

  /** What a path names. */
  public enum Kind {
    /** A regular file with a disk image. */
    FILE,
    /** A block device. */
    BLOCK,
    /** A directory whose files become the volume. */
    DIRECTORY
  }

  /** The formats a disk image may have. */
  public enum Format {
    /** No format: the bytes of the disk. */
    RAW,
    /** QEMU's copy-on-write format, version 2 or 3. */
    QCOW2
  }
}
