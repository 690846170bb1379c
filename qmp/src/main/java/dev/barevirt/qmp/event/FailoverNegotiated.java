package dev.barevirt.qmp.event;

/**
 * The guest takes part in network failover.
 *
 * @param deviceId the standby device
 */
public record FailoverNegotiated(String deviceId) implements QmpEvent {
  @Override
  public String subject() {
    return deviceId;
  }
}
