package dev.barevirt.qmp.command;

import dev.barevirt.qmp.QmpCommand;
import dev.barevirt.qmp.wire.RecordJson.SnakeCase;

/**
 * Limits a device's transfers; 0 is no limit.
 *
 * @param id the guest device
 * @param bps bytes a second
 * @param bpsRd bytes read a second
 * @param bpsWr bytes written a second
 * @param iops operations a second
 * @param iopsRd reads a second
 * @param iopsWr writes a second
 */
public record BlockSetIoThrottle(
    String id, long bps, long bpsRd, long bpsWr, long iops, long iopsRd, long iopsWr)
    implements QmpCommand.Act, SnakeCase {
  @Override
  public String wireName() {
    return "block_set_io_throttle";
  }
}
