package dev.barevirt.qmp.event;

/**
 * A failover device is being unplugged before migration.
 *
 * @param deviceId its id
 */
public record UnplugPrimary(String deviceId) implements QmpEvent {
  @Override
  public String subject() {
    return deviceId;
  }
}
