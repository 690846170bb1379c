package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A backup, under way or done. */
public record BackupStatus(
    @Doc("Its name.") @Nullable String backupName,
    @Doc("When it began.") @Nullable Instant startTimestamp,
    @Doc("When it ended.") @Nullable Instant endTimestamp,
    @Doc("Whether it ended.") @Nullable Boolean completed,
    @Doc("Whether it failed.") @Nullable Boolean failed,
    @Doc("What to tell people.") @Nullable String backupMsg,
    @Doc("The checkpoint it made.") @Nullable String checkpointName,
    @Doc("Its volumes.") List<VolumeInfo> volumes,
    @Doc("Whether the file systems stood still meanwhile.") @Nullable String quiesceStatus) {
  public BackupStatus {
    volumes = Frozen.list(volumes);
  }

  /** A volume in a backup. */
  public record VolumeInfo(
      @Doc("The volume.") @Required String volumeName,
      @Doc("Where its data is served.") @Nullable String dataEndpoint,
      @Doc("Where the map of its data is served.") @Nullable String mapEndpoint) {
    public VolumeInfo {
      volumeName = Frozen.orElse(volumeName, "");
    }
  }
}
