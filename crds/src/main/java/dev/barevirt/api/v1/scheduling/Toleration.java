package dev.barevirt.api.v1.scheduling;

import dev.barevirt.api.schema.Allowed;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** A taint that is accepted. */
public record Toleration(
    @Doc("The taint's key; all when absent.") @Nullable String key,
    @Doc("How the value is compared; Equal when absent.") @Allowed({"Exists", "Equal", "Lt", "Gt"})
        @Nullable String operator,
    @Doc("The taint's value.") @Nullable String value,
    @Doc("The taint's effect; all when absent.")
        @Allowed({"NoSchedule", "PreferNoSchedule", "NoExecute"})
        @Nullable String effect,
    @Doc("How long it is accepted.") @Nullable Long tolerationSeconds) {}
