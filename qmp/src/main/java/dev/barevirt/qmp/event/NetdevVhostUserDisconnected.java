package dev.barevirt.qmp.event;

/**
 * A vhost-user network backend lost its peer; since QEMU 10.0.
 *
 * @param netdevId its id
 */
public record NetdevVhostUserDisconnected(String netdevId) implements QmpEvent {
  @Override
  public String subject() {
    return netdevId;
  }
}
