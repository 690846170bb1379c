package dev.barevirt.qmp.event;

/**
 * The guest changed a NIC's addresses or filters; not told again until they are queried.
 *
 * @param name the NIC's id
 * @param path its path
 */
public record NicRxFilterChanged(String name, String path) implements QmpEvent {
  @Override
  public String subject() {
    return path;
  }
}
