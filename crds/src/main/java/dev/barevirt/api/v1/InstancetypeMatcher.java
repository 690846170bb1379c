package dev.barevirt.api.v1;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** Names a size. */
public record InstancetypeMatcher(
    @Doc("The size's name.") @Nullable String name,
    @Doc("The kind of size: cluster-wide, or of this namespace.")
        @Allowed({"VirtualMachineClusterInstancetype", "VirtualMachineInstancetype"})
        @Nullable String kind,
    @Doc("A frozen revision of it.") @Nullable String revisionName,
    @Doc("A volume whose labels name the size.") @Nullable String inferFromVolume,
    @Doc("What happens when that volume names none.") @Allowed({"Reject", "Ignore"})
        @Nullable String inferFromVolumeFailurePolicy) {}
