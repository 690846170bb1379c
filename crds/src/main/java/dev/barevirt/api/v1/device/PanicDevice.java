package dev.barevirt.api.v1.device;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** A device through which the guest tells that it crashed. */
public record PanicDevice(
    @Doc("Its model.") @Allowed({"hyperv", "isa", "pvpanic"}) @Nullable String model) {}
