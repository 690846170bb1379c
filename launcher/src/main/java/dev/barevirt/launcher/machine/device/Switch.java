package dev.barevirt.launcher.machine.device;

import dev.barevirt.api.core.FeatureState;
import org.jspecify.annotations.Nullable;

/** How optional switches of the API read. */
final class Switch {
  private Switch() {}

  /** A boolean with its meaning when absent. */
  static boolean on(@Nullable Boolean value, boolean whenAbsent) {
    return value == null ? whenAbsent : value;
  }

  /** A feature is on when it is there and not said to be off. */
  static boolean on(@Nullable FeatureState feature) {
    return feature != null && on(feature.enabled(), true);
  }
}
