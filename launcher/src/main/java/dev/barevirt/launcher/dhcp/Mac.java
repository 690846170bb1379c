package dev.barevirt.launcher.dhcp;

import java.util.HexFormat;
import java.util.Locale;

/**
 * A hardware address of Ethernet.
 *
 * @param bits its 48 bits
 */
record Mac(long bits) {
  static final int BYTES = 6;

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Mac of(String text) {
    if (!text.matches("(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}")) {
      throw new IllegalArgumentException("no hardware address: " + text);
    }
    return new Mac(
        HexFormat.fromHexDigitsToLong(text.replaceAll("[:-]", "").toLowerCase(Locale.ROOT)));
  }

  /** The address that begins at a place. */
  static Mac at(byte[] bytes, int from) {
    long bits = 0;
    for (int i = 0; i < BYTES; i++) {
      bits = bits << 8 | Byte.toUnsignedLong(bytes[from + i]);
    }
    return new Mac(bits);
  }

  byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) (bits >>> (8 * (BYTES - 1 - i)));
    }
    return bytes;
  }
}
