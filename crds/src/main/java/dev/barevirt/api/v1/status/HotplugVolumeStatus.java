package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The pod that attached a volume. */
public record HotplugVolumeStatus(
    @Doc("The pod's name.") @Nullable String attachPodName,
    @Doc("The pod's UID.") @Nullable String attachPodUID) {}
