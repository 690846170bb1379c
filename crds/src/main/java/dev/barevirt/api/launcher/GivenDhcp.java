package dev.barevirt.api.launcher;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher answers when a guest asks for its address over IPv4. It answers one hardware
 * address, that of the card, and nobody else.
 *
 * @param descriptor the name of a UDP socket that is bound to port 67 on the guest's side of the
 *     connection only ({@code SO_BINDTODEVICE}) and may broadcast
 * @param address the guest's address with its prefix length
 * @param server the address that the answers come from
 * @param gateway the default route, unless there is none
 * @param nameservers who resolves names
 * @param searchDomains where unqualified names are searched
 * @param hostname the guest's host name
 * @param routes further routes
 * @param options what the instance's manifest adds
 * @param leaseSeconds how long the address is the guest's; the launcher's choice when absent
 */
public record GivenDhcp(
    String descriptor,
    String address,
    String server,
    @Nullable String gateway,
    List<String> nameservers,
    List<String> searchDomains,
    @Nullable String hostname,
    List<Route> routes,
    List<Option> options,
    @Nullable Long leaseSeconds) {
  @SuppressWarnings("NullAway") // a tolerant reader hands over what the sender left out
  public GivenDhcp {
    nameservers = nameservers == null ? List.of() : List.copyOf(nameservers);
    searchDomains = searchDomains == null ? List.of() : List.copyOf(searchDomains);
    routes = routes == null ? List.of() : List.copyOf(routes);
    options = options == null ? List.of() : List.copyOf(options);
  }

  /**
   * A route.
   *
   * @param destination a network with its prefix length
   * @param gateway who forwards there; 0.0.0.0 for a network on the link
   */
  public record Route(String destination, String gateway) {}

  /**
   * An option that is passed on as it is.
   *
   * @param code its number
   * @param value its bytes, as text
   */
  public record Option(int code, String value) {}
}
