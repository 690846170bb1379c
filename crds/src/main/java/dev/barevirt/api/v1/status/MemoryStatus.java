package dev.barevirt.api.v1.status;

import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The memory an instance really has. */
public record MemoryStatus(
    @Doc("What it started with.") @Nullable Quantity guestAtBoot,
    @Doc("What it has.") @Nullable Quantity guestCurrent,
    @Doc("What it is asked to have.") @Nullable Quantity guestRequested,
    @Doc("What the hypervisor itself takes.") @Nullable Quantity memoryOverhead) {}
