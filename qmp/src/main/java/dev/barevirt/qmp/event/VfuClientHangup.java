package dev.barevirt.qmp.event;

/**
 * The client of a vfio-user server has gone.
 *
 * @param vfuId the server's id
 * @param vfuQomPath its path
 * @param devId the served device
 * @param devQomPath its path
 */
public record VfuClientHangup(String vfuId, String vfuQomPath, String devId, String devQomPath)
    implements QmpEvent {
  @Override
  public String subject() {
    return vfuId;
  }
}
