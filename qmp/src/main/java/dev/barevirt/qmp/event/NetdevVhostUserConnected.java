package dev.barevirt.qmp.event;

/**
 * A vhost-user network backend found its peer; since QEMU 10.0.
 *
 * @param netdevId its id
 * @param chardevId its character device
 */
public record NetdevVhostUserConnected(String netdevId, String chardevId) implements QmpEvent {
  @Override
  public String subject() {
    return netdevId;
  }
}
