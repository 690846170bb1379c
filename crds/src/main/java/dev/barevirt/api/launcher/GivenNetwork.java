package dev.barevirt.api.launcher;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network of the instance is connected to on this host.
 *
 * @param network the network's name in the instance
 * @param kind the connection
 * @param ifName the tap device, for {@link Kind#TAP}; absent when its queues are given open
 * @param bridge the bridge a new tap joins, for {@link Kind#BRIDGE}
 * @param ports what is forwarded into the guest, for {@link Kind#USER}
 * @param given what was opened for the launcher; absent when it opens the connection itself
 */
public record GivenNetwork(
    String network,
    Kind kind,
    @Nullable String ifName,
    @Nullable String bridge,
    List<PortForward> ports,
    @Nullable GivenTap given) {

  /** How a guest's interface reaches the world. */
  public enum Kind {
    /** User-mode networking: passt, or slirp where there is no passt. */
    USER,
    /** A tap device that exists. */
    TAP,
    /** A tap device made for this guest and put into a bridge. */
    BRIDGE,
    /** A cable that leads nowhere. */
    NONE
  }

  @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
  public GivenNetwork {
    ports = ports == null ? List.of() : List.copyOf(ports);
  }

  /** A connection that the launcher opens itself. */
  public GivenNetwork(
      String network,
      Kind kind,
      @Nullable String ifName,
      @Nullable String bridge,
      List<PortForward> ports) {
    this(network, kind, ifName, bridge, ports, null);
  }

  /** A tap device whose queues the launcher has been handed before. */
  public static GivenNetwork ofTap(String network, GivenTap given) {
    return new GivenNetwork(network, Kind.TAP, null, null, List.of(), given);
  }
}
