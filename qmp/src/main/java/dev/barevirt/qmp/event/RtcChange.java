package dev.barevirt.qmp.event;

/**
 * The guest set its clock.
 *
 * @param offset seconds between its clock and the host's
 * @param qomPath the clock's path
 */
public record RtcChange(long offset, String qomPath) implements QmpEvent {
  @Override
  public String subject() {
    return qomPath;
  }
}
