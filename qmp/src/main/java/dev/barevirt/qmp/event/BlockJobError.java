package dev.barevirt.qmp.event;

/**
 * A block job met a transfer error.
 *
 * @param device the job's id
 * @param operation read or write
 * @param action what is done about it
 */
public record BlockJobError(String device, IoOperation operation, IoErrorAction action)
    implements QmpEvent {
  @Override
  public String subject() {
    return device;
  }
}
