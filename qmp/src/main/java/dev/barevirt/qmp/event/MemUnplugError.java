package dev.barevirt.qmp.event;

/**
 * The guest refused to give memory back; until QEMU 9.0.
 *
 * @param device the memory device
 * @param msg why, for people
 */
public record MemUnplugError(String device, String msg) implements QmpEvent {
  @Override
  public String subject() {
    return device;
  }
}
