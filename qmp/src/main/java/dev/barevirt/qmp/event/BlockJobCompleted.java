package dev.barevirt.qmp.event;

/**
 * A block job has ended by itself.
 *
 * @param type what kind of job
 * @param device the job's id
 * @param len how much there is to do
 * @param offset how much is done
 * @param speed its limit in bytes a second, 0 for none
 * @param error what went wrong, empty when nothing did
 */
public record BlockJobCompleted(
    JobType type, String device, long len, long offset, long speed, String error)
    implements QmpEvent {
  @Override
  public String subject() {
    return device;
  }
}
