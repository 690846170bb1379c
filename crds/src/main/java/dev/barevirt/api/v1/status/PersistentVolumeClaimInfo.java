package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Frozen;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A claim as it is. */
public record PersistentVolumeClaimInfo(
    @Doc("The claim.") @Nullable String claimName,
    @Doc("How it may be mounted.") List<String> accessModes,
    @Doc("Whether it is a device or a file system.") @Allowed({"Block", "Filesystem"})
        @Nullable String volumeMode,
    @Doc("How big it is.") Map<String, Quantity> capacity,
    @Doc("How big it was asked to be.") Map<String, Quantity> requests,
    @Doc("Whether its space is taken up front.") @Nullable Boolean preallocated,
    @Doc("The part a file system takes for itself.") @Nullable String filesystemOverhead) {
  public PersistentVolumeClaimInfo {
    accessModes = Frozen.list(accessModes);
    capacity = Frozen.map(capacity);
    requests = Frozen.map(requests);
  }
}
