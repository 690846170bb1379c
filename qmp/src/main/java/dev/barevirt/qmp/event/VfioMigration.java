package dev.barevirt.qmp.event;

/**
 * An assigned device changed its migration state; since QEMU 9.1.
 *
 * @param deviceId its id
 * @param qomPath its path
 * @param deviceState the new state
 */
public record VfioMigration(String deviceId, String qomPath, String deviceState)
    implements QmpEvent {
  @Override
  public String subject() {
    return qomPath;
  }
}
