package dev.barevirt.api.v1.source;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** A volume that is attached while the guest runs: one of the two. */
public record HotplugVolumeSource(
    @Doc("A claim for storage.") @Nullable PersistentVolumeClaim persistentVolumeClaim,
    @Doc("A data volume.") Volume.@Nullable DataVolume dataVolume) {}
