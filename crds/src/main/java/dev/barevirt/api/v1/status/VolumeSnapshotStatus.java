package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** Whether a snapshot would contain a volume. */
public record VolumeSnapshotStatus(
    @Doc("The volume.") @Required String name,
    @Doc("Whether it would.") @Required @Nullable Boolean enabled,
    @Doc("Why not.") @Nullable String reason) {
  public VolumeSnapshotStatus {
    name = Frozen.orElse(name, "");
  }
}
