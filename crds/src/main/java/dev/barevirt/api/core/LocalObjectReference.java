package dev.barevirt.api.core;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** The name of an object in the same namespace. */
public record LocalObjectReference(@Doc("The object's name.") @Nullable String name) {}
