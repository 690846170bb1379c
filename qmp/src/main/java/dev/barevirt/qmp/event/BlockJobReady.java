package dev.barevirt.qmp.event;

/**
 * A mirror is in step and can be completed.
 *
 * @param type what kind of job
 * @param device the job's id
 * @param len how much there is to do
 * @param offset how much is done
 * @param speed its limit in bytes a second, 0 for none
 */
public record BlockJobReady(JobType type, String device, long len, long offset, long speed)
    implements QmpEvent {
  @Override
  public String subject() {
    return device;
  }
}
