package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** Whether changed blocks are tracked for backups. */
public record ChangedBlockTrackingStatus(
    @Doc("How far it is.") @Required String state,
    @Doc("A backup, under way or done.") @Nullable BackupStatus backupStatus) {
  public ChangedBlockTrackingStatus {
    state = Frozen.orElse(state, "");
  }
}
