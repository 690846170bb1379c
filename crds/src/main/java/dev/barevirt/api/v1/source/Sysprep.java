package dev.barevirt.api.v1.source;

import dev.barevirt.api.core.LocalObjectReference;
import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** Answers for the Windows installer: one of the two. */
public record Sysprep(
    @Doc("The secret that has them.") @Nullable LocalObjectReference secret,
    @Doc("The config map that has them.") @Nullable LocalObjectReference configMap) {}
