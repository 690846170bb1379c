package dev.barevirt.launcher.cgroup;

import org.jspecify.annotations.Nullable;

/**
 * What a group may use.
 *
 * @param memoryBytes of memory; null for no limit
 * @param processes threads included; null for no limit
 * @param cpuPercent of one processor, 250 for two and a half; null for no limit
 */
public record CgroupLimits(
    @Nullable Long memoryBytes, @Nullable Integer processes, @Nullable Integer cpuPercent) {
  /** No limit but those of the groups above. */
  public static final CgroupLimits NONE = new CgroupLimits(null, null, null);
}
