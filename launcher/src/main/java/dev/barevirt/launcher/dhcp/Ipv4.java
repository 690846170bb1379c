package dev.barevirt.launcher.dhcp;

import java.util.regex.Pattern;

/**
 * An IPv4 address.
 *
 * @param bits its bits
 */
record Ipv4(int bits) {
  static final Ipv4 NONE = new Ipv4(0);
  static final Ipv4 BROADCAST = new Ipv4(-1);
  private static final Pattern TEXT =
      Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Ipv4 of(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("no IPv4 address: " + text);
    }
    int bits = 0;
    for (String part : text.split("\\.", -1)) {
      bits = bits << 8 | Integer.parseInt(part);
    }
    return new Ipv4(bits);
  }

  byte[] bytes() {
    return new byte[] {
      (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
    };
  }

  /**
   * A network.
   *
   * @param address an address in it
   * @param prefix the length of its prefix
   */
  record Network(Ipv4 address, int prefix) {
    /**
     * Reads a network, or an address with its prefix length.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Network of(String text) {
      int slash = text.indexOf('/');
      String length = text.substring(slash + 1);
      if (slash < 0 || !length.matches("\\d|[12]\\d|3[0-2]")) {
        throw new IllegalArgumentException("no IPv4 address with its prefix length: " + text);
      }
      return new Network(Ipv4.of(text.substring(0, slash)), Integer.parseInt(length));
    }

    Ipv4 mask() {
      return new Ipv4(prefix == 0 ? 0 : -1 << (32 - prefix));
    }

    Ipv4 broadcast() {
      return new Ipv4(address.bits() | ~mask().bits());
    }

    /** The bytes of the prefix that are not all beyond it. */
    byte[] significant() {
      byte[] all = new Ipv4(address.bits() & mask().bits()).bytes();
      return java.util.Arrays.copyOf(all, (prefix + 7) / 8);
    }
  }
}
