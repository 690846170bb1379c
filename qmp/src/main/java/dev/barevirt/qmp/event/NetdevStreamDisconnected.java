package dev.barevirt.qmp.event;

/**
 * A stream network backend lost its peer.
 *
 * @param netdevId its id
 */
public record NetdevStreamDisconnected(String netdevId) implements QmpEvent {
  @Override
  public String subject() {
    return netdevId;
  }
}
