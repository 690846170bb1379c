package dev.barevirt.launcher.disk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Turns names that a user chose into names of files: nothing but a plain short word survives. */
final class FileNames {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int DIGEST_BYTES = 8;

  private FileNames() {}

  /** The name itself when it is a DNS label, as the API wants it; otherwise its digest. */
  static String of(String name) {
    return PLAIN.matcher(name).matches() ? name : "volume-" + digest(name);
  }

  /** A short digest. */
  static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
