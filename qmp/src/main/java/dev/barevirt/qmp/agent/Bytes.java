package dev.barevirt.qmp.agent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Bytes that came from the guest or go there, compared by content. */
public final class Bytes {
  /** No bytes. */
  public static final Bytes NONE = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of these bytes. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** The text's UTF-8 bytes. */
  public static Bytes of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads base64; what is no base64 is an {@link IllegalArgumentException}. */
  static Bytes ofBase64(String encoded) {
    return encoded.isEmpty() ? NONE : new Bytes(Base64.getDecoder().decode(encoded));
  }

  String base64() {
    return Base64.getEncoder().encodeToString(content);
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return content.clone();
  }

  /** The bytes as UTF-8 text, what is none replaced. */
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  /** How many there are. */
  public int length() {
    return content.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes b && Arrays.equals(content, b.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
