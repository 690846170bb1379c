package dev.barevirt.launcher.machine.device;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 network.
 *
 * @param network its first address
 * @param bits how many bits it is named by
 */
record Cidr(long network, int bits) {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern ADDRESS =
      Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET);
  private static final int LONGEST = 29;
  private static final int SHORTEST = 8;

  /** Reads {@code a.b.c.d/n}; empty unless it has room for a gateway and a guest. */
  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,2}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    Matcher address = ADDRESS.matcher(text.substring(0, slash));
    if (!address.matches() || bits < SHORTEST || bits > LONGEST) {
      return Optional.empty();
    }
    long number = 0;
    for (int i = 1; i <= 4; i++) {
      number = number << 8 | Integer.parseInt(address.group(i));
    }
    return Optional.of(new Cidr(number >>> (32 - bits) << (32 - bits), bits));
  }

  /** Whether a text is an IPv4 address. */
  static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /** The address so far into the network. */
  String address(int offset) {
    long n = network + offset;
    return "%d.%d.%d.%d".formatted(n >> 24 & 255, n >> 16 & 255, n >> 8 & 255, n & 255);
  }

  @Override
  public String toString() {
    return address(0) + "/" + bits;
  }
}
