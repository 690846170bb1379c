package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Required;
import org.jspecify.annotations.Nullable;

/** A volume exchanged while the guest runs. */
public record MigratedVolume(
    @Doc("The volume.") @Required String volumeName,
    @Doc("The claim it was.") @Nullable PersistentVolumeClaimInfo sourcePVCInfo,
    @Doc("The claim it becomes.") @Nullable PersistentVolumeClaimInfo destinationPVCInfo) {
  public MigratedVolume {
    volumeName = Frozen.orElse(volumeName, "");
  }
}
