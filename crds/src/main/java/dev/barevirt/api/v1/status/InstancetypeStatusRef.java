package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The size or wishes in use. */
public record InstancetypeStatusRef(
    @Doc("The name.") @Nullable String name,
    @Doc("The kind.") @Nullable String kind,
    @Doc("The frozen revision in use.") @Nullable Revision controllerRevisionRef,
    @Doc("The volume that named it.") @Nullable String inferFromVolume,
    @Doc("What happens when that volume names none.") @Allowed({"Reject", "Ignore"})
        @Nullable String inferFromVolumeFailurePolicy) {
  /** A frozen revision. */
  public record Revision(@Doc("Its name.") @Nullable String name) {}
}
