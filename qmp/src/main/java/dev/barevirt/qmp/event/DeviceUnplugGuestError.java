package dev.barevirt.qmp.event;

/**
 * The guest refused to give a device back.
 *
 * @param device its id, empty when it has none
 * @param path its path
 */
public record DeviceUnplugGuestError(String device, String path) implements QmpEvent {
  @Override
  public String subject() {
    return path;
  }
}
