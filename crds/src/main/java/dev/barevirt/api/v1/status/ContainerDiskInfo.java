package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Doc;
import dev.barevirt.api.schema.Unsigned;
import org.jspecify.annotations.Nullable;

/** A container disk. */
public record ContainerDiskInfo(
    @Doc("The checksum of its image.") @Unsigned @Nullable Long checksum) {}
