package dev.barevirt.qmp.event;

/**
 * The guest plugged or unplugged memory of a virtio-mem device.
 *
 * @param id its id
 * @param size what is plugged now, in bytes
 * @param qomPath its path
 */
public record MemoryDeviceSizeChange(String id, long size, String qomPath) implements QmpEvent {
  @Override
  public String subject() {
    return qomPath;
  }
}
