package dev.barevirt.qmp.event;

/**
 * The persistent-reservation daemon came or went.
 *
 * @param id the manager object's id
 * @param connected whether it is there
 */
public record PrManagerStatusChanged(String id, boolean connected) implements QmpEvent {
  @Override
  public String subject() {
    return id;
  }
}
