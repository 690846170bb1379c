package dev.barevirt.api.core;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** One request of a claim for devices. */
public record ClaimRequest(
    @Doc("The name of an entry of the resource claims.") @Nullable String claimName,
    @Doc("The request in that claim.") @Nullable String requestName) {}
