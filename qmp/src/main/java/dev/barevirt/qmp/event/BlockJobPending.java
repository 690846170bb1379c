package dev.barevirt.qmp.event;

/**
 * A job waits to be finalized.
 *
 * @param type what kind of job
 * @param id its id
 */
public record BlockJobPending(JobType type, String id) implements QmpEvent {
  @Override
  public String subject() {
    return id;
  }
}
