package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/**
 * A port of the host that leads into the guest.
 *
 * @param protocol what is forwarded
 * @param hostAddress the address to listen on; the loopback address when absent
 * @param hostPort the port to listen on
 * @param guestPort the port in the guest
 */
public record PortForward(
    Protocol protocol, @Nullable String hostAddress, int hostPort, int guestPort) {

  /** What can be forwarded. */
  public enum Protocol {
    /** Stream connections. */
    TCP,
    /** Datagrams. */
    UDP
  }
}
