package dev.barevirt.qmp.event;

/**
 * A block export is gone and its id is free.
 *
 * @param id its id
 */
public record BlockExportDeleted(String id) implements QmpEvent {
  @Override
  public String subject() {
    return id;
  }
}
