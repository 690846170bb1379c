package dev.barevirt.launcher.machine.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Ids for QEMU made of names that users choose. QEMU takes letters, digits, dashes, dots and
 * underscores, and at most 31 characters for a block node; whatever does not fit becomes a digest.
 */
public final class DeviceIds {
  private static final Pattern FITS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,15}");
  private static final int DIGEST_BYTES = 7;

  private DeviceIds() {}

  /** The id of the disk that shows a volume. */
  public static String disk(String volume) {
    return "disk-" + word(volume);
  }

  /** The name of the node a disk reads and writes. */
  public static String node(String volume) {
    return "vol-" + word(volume);
  }

  /** The id of an interface. */
  public static String nic(String network) {
    return "nic-" + word(network);
  }

  /** The id of an interface's connection to the host. */
  public static String netdev(String network) {
    return "net-" + word(network);
  }

  /** The id of a shared directory. */
  public static String filesystem(String volume) {
    return "fs-" + word(volume);
  }

  private static String word(String name) {
    return FITS.matcher(name).matches()
        ? name
        : HexFormat.of().formatHex(digest(name), 0, DIGEST_BYTES);
  }

  /** The SHA-256 of a text. */
  static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
