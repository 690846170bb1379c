package dev.barevirt.qmp.event;

/**
 * A tray of removable media opened or closed.
 *
 * @param device the block device, if it has a name
 * @param id the device's id or path
 * @param trayOpen whether it is open now
 */
public record DeviceTrayMoved(String device, String id, boolean trayOpen) implements QmpEvent {
  @Override
  public String subject() {
    return id;
  }
}
