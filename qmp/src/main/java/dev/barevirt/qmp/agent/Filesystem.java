package dev.barevirt.qmp.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file system mounted in the guest.
 *
 * @param name the device's name in the guest
 * @param mountpoint where it is mounted
 * @param type its type
 * @param usedBytes what is used; absent where the agent does not know
 * @param totalBytes what there is; absent where the agent does not know
 * @param disk the disks it lies on
 */
public record Filesystem(
    String name,
    String mountpoint,
    String type,
    @Nullable Long usedBytes,
    @Nullable Long totalBytes,
    List<Disk> disk) {
  /**
   * A disk under a file system.
   *
   * @param busType how it is attached
   * @param bus which bus
   * @param target which target
   * @param unit which unit
   * @param serial its serial number, "" for none
   * @param dev its device file, "" where the agent does not know
   */
  public record Disk(String busType, int bus, int target, int unit, String serial, String dev) {}
}
