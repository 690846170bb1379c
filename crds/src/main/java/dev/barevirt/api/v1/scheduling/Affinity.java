package dev.barevirt.api.v1.scheduling;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** Wishes and demands about where a pod runs. */
public record Affinity(
    @Doc("About the node.") @Nullable NodeAffinity nodeAffinity,
    @Doc("About pods to be near to.") @Nullable PodAffinity podAffinity,
    @Doc("About pods to be away from.") @Nullable PodAffinity podAntiAffinity) {}
