package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** A volume to attach or detach: one of the two. */
public record VolumeRequest(
    @Doc("The volume to attach.") @Nullable AddVolumeOptions addVolumeOptions,
    @Doc("The volume to detach.") @Nullable RemoveVolumeOptions removeVolumeOptions) {}
