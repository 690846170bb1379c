package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * A stream network backend found its peer.
 *
 * @param netdevId its id
 * @param addr the peer's address
 */
public record NetdevStreamConnected(String netdevId, Json addr) implements QmpEvent {
  @Override
  public String subject() {
    return netdevId;
  }
}
