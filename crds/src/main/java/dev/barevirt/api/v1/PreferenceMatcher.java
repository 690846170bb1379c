package dev.barevirt.api.v1;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** Names a set of wishes. */
public record PreferenceMatcher(
    @Doc("The name of the wishes.") @Nullable String name,
    @Doc("The kind: cluster-wide, or of this namespace.")
        @Allowed({"VirtualMachineClusterPreference", "VirtualMachinePreference"})
        @Nullable String kind,
    @Doc("A frozen revision of them.") @Nullable String revisionName,
    @Doc("A volume whose labels name the wishes.") @Nullable String inferFromVolume,
    @Doc("What happens when that volume names none.") @Allowed({"Reject", "Ignore"})
        @Nullable String inferFromVolumeFailurePolicy) {}
