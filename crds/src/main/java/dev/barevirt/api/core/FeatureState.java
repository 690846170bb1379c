package dev.barevirt.api.core;

import dev.barevirt.api.schema.Doc;
import org.jspecify.annotations.Nullable;

/** A switch that is on when present and not said otherwise. */
public record FeatureState(
    @Doc("Whether the feature is on; true when absent.") @Nullable Boolean enabled) {
  /** Nothing said. */
  public static final FeatureState EMPTY = new FeatureState(null);
}
