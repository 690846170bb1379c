package dev.barevirt.launcher.dhcp;

import dev.barevirt.api.launcher.GivenDhcp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one guest is told, ready to be sent.
 *
 * @param mac the guest's hardware address
 * @param address the guest's address and its network
 * @param server who answers
 * @param seconds how long the address is the guest's
 * @param options what else it is told, in the order of sending
 */
public record DhcpLease(
    Mac mac, Ipv4.Network address, Ipv4 server, long seconds, Map<Integer, byte[]> options) {
  static final int MASK = 1;
  static final int ROUTER = 3;
  static final int NAMESERVERS = 6;
  static final int HOSTNAME = 12;
  static final int DOMAIN = 15;
  static final int MTU = 26;
  static final int BROADCAST = 28;
  static final int NTP = 42;
  static final int SEARCH = 119;
  static final int ROUTES = 121;
  private static final int FIRST_OWN = 50;
  private static final int LAST_OWN = 61;
  private static final long ONE_YEAR = 31_536_000;
  private static final int MOST_BYTES = 255;

  /** Copies the options. */
  public DhcpLease {
    options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /**
   * The lease of a card.
   *
   * @param mtu the link's largest packet, where the guest is to be told
   * @throws IllegalArgumentException when something in it is not what it should be
   */
  public static DhcpLease of(String mac, GivenDhcp told, @Nullable Integer mtu) {
    Ipv4.Network address = Ipv4.Network.of(told.address());
    Map<Integer, byte[]> options = new LinkedHashMap<>();
    options.put(MASK, address.mask().bytes());
    options.put(BROADCAST, address.broadcast().bytes());
    if (told.gateway() != null) {
      options.put(ROUTER, Ipv4.of(told.gateway()).bytes());
    }
    addresses(options, NAMESERVERS, told.nameservers());
    if (told.hostname() != null && isName(told.hostname())) {
      options.put(HOSTNAME, ascii(told.hostname()));
    }
    List<String> domains = told.searchDomains().stream().filter(DhcpLease::isName).toList();
    if (!domains.isEmpty()) {
      options.put(DOMAIN, ascii(domains.getFirst()));
      options.put(SEARCH, search(domains));
    }
    if (mtu != null) {
      options.put(MTU, new byte[] {(byte) (mtu >>> 8), (byte) (int) mtu});
    }
    if (!told.routes().isEmpty()) {
      options.put(ROUTES, routes(told));
    }
    for (GivenDhcp.Option option : told.options()) {
      extra(options, option);
    }
    long seconds = told.leaseSeconds() == null ? ONE_YEAR : told.leaseSeconds();
    return new DhcpLease(
        Mac.of(mac),
        address,
        Ipv4.of(told.server()),
        Math.clamp(seconds, 60L, 0xffff_ffffL),
        options);
  }

  /** Those that the protocol itself uses are not anybody's to set. */
  private static void extra(Map<Integer, byte[]> options, GivenDhcp.Option option) {
    int code = option.code();
    boolean own = code >= FIRST_OWN && code <= LAST_OWN;
    if (code < 1 || code > 254 || own) {
      throw new IllegalArgumentException("option " + code + " cannot be set");
    }
    byte[] value =
        code == NTP
            ? joined(List.of(option.value().split("[ ,]+")))
            : option.value().getBytes(StandardCharsets.UTF_8);
    if (value.length > MOST_BYTES) {
      throw new IllegalArgumentException("option " + code + " is longer than 255 bytes");
    }
    options.put(code, value);
  }

  private static void addresses(Map<Integer, byte[]> options, int code, List<String> texts) {
    if (!texts.isEmpty()) {
      options.put(code, joined(texts));
    }
  }

  private static byte[] joined(List<String> addresses) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    addresses.stream().limit(16).forEach(text -> all.writeBytes(Ipv4.of(text).bytes()));
    return all.toByteArray();
  }

  /** As in RFC 3442. A client that reads these ignores the router, which is here for that. */
  private static byte[] routes(GivenDhcp told) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (GivenDhcp.Route route : told.routes()) {
      append(all, Ipv4.Network.of(route.destination()), Ipv4.of(route.gateway()));
    }
    if (told.gateway() != null
        && told.routes().stream().noneMatch(route -> route.destination().endsWith("/0"))) {
      append(all, new Ipv4.Network(Ipv4.NONE, 0), Ipv4.of(told.gateway()));
    }
    return all.toByteArray();
  }

  private static void append(ByteArrayOutputStream all, Ipv4.Network network, Ipv4 gateway) {
    all.write(network.prefix());
    all.writeBytes(network.significant());
    all.writeBytes(gateway.bytes());
  }

  /** As in RFC 3397, without compression. */
  private static byte[] search(List<String> domains) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String domain : domains) {
      for (String label : domain.split("\\.", -1)) {
        all.write(label.length());
        all.writeBytes(ascii(label));
      }
      all.write(0);
    }
    return all.toByteArray();
  }

  private static boolean isName(String text) {
    return text.length() <= 253 && text.matches("[A-Za-z0-9_-]{1,63}(?:\\.[A-Za-z0-9_-]{1,63})*");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
