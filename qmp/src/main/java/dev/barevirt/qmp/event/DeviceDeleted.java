package dev.barevirt.qmp.event;

/**
 * A device is gone. Each device inside it, and one without an id, is told by path only.
 *
 * @param device its id, empty when it has none
 * @param path its path
 */
public record DeviceDeleted(String device, String path) implements QmpEvent {
  @Override
  public String subject() {
    return path;
  }
}
