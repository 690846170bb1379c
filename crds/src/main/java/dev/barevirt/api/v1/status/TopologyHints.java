package dev.barevirt.api.v1.status;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** What a node must offer to take an instance. */
public record TopologyHints(
    @Doc("The frequency of its time-stamp counter.") @Nullable Long tscFrequency) {}
