package dev.barevirt.control.http;

import java.nio.charset.StandardCharsets;

/** Bytes of a body. They are not copied: who made them leaves them alone afterwards. */
public final class Payload {
  /** No bytes. */
  public static final Payload EMPTY = new Payload(new byte[0]);

  private final byte[] bytes;

  private Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  /** So many bytes. */
  public static Payload of(byte[] bytes) {
    return new Payload(bytes);
  }

  /** A text in UTF-8. */
  public static Payload of(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes. */
  public byte[] bytes() {
    return bytes;
  }

  /** The bytes as a text in UTF-8. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether there are none but white space. */
  public boolean isBlank() {
    return bytes.length == 0 || text().isBlank();
  }
}
