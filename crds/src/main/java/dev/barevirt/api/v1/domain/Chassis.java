package dev.barevirt.api.v1.domain;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** What the guest reads about its case. */
public record Chassis(
    @Doc("Who made it.") @Nullable String manufacturer,
    @Doc("Its version.") @Nullable String version,
    @Doc("Its serial number.") @Nullable String serial,
    @Doc("Its asset tag.") @Nullable String asset,
    @Doc("Its stock-keeping unit.") @Nullable String sku) {}
