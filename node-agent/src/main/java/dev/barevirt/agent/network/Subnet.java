package dev.barevirt.agent.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small IPv4 network between a guest and its pod: the first address is the pod's side, the second
 * the guest's.
 *
 * @param network the network's own address
 * @param prefix its prefix length
 */
record Subnet(int network, int prefix) {
  /** The network a guest is in when its manifest names none. */
  static final String DEFAULT = "10.0.2.0/24";

  private static final Pattern WRITTEN =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");
  private static final int SMALLEST = 30;

  /** Reads a network such as 10.0.2.0/24, which must have room for two. */
  static Subnet parse(String written) {
    Matcher parts = WRITTEN.matcher(written);
    int prefix = parts.matches() ? Integer.parseInt(parts.group(5)) : SMALLEST + 1;
    long address = 0;
    for (int i = 1; i <= 4 && prefix <= SMALLEST; i++) {
      int octet = Integer.parseInt(parts.group(i));
      if (octet > 255) {
        prefix = SMALLEST + 1;
      }
      address = address << 8 | octet;
    }
    if (prefix > SMALLEST || prefix < 1) {
      throw new NetworkException(
          NetworkException.Kind.UNSUPPORTED,
          "spec.networks.pod.vmNetworkCIDR: %s is no IPv4 network with room for a guest"
              .formatted(written));
    }
    return new Subnet((int) address & (-1 << (32 - prefix)), prefix);
  }

  /** The pod's side. */
  String gateway() {
    return text(network + 1);
  }

  /** The guest's side. */
  String guest() {
    return text(network + 2);
  }

  private static String text(int address) {
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, address >>> 16 & 0xff, address >>> 8 & 0xff, address & 0xff);
  }
}
