package dev.barevirt.launcher.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SHA-256 of some content, which is also its name.
 *
 * @param hex 64 lower-case hex digits
 */
record Digest(String hex) {
  private static final Pattern WRITTEN = Pattern.compile("sha256:([0-9a-f]{64})");

  /** As written in manifests; nothing for other algorithms and for what is no digest at all. */
  static Optional<Digest> parse(String text) {
    var matcher = WRITTEN.matcher(text);
    return matcher.matches() ? Optional.of(new Digest(matcher.group(1))) : Optional.empty();
  }

  /** What the calculator has seen. */
  static Digest of(MessageDigest calculator) {
    return new Digest(HexFormat.of().formatHex(calculator.digest()));
  }

  static Digest of(byte[] content) {
    MessageDigest calculator = calculator();
    calculator.update(content);
    return of(calculator);
  }

  static MessageDigest calculator() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "sha256:" + hex;
  }
}
