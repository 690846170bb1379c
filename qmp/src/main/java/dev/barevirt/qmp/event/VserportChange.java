package dev.barevirt.qmp.event;

/**
 * The guest opened or closed a virtio-serial port: how one learns that the agent runs.
 *
 * @param id the port's device id
 * @param open whether it is open now
 */
public record VserportChange(String id, boolean open) implements QmpEvent {
  @Override
  public String subject() {
    return id;
  }
}
