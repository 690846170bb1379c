package dev.barevirt.api.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What records keep of what readers hand them: absent becomes empty, and nothing can change later.
 *
 * <p>Nulls inside a list or map are left out: a record never throws on a user's data.
 */
public final class Frozen {
  private Frozen() {}

  /** An unchangeable copy of a list; empty when there is none. */
  public static <T> List<T> list(@Nullable List<? extends @Nullable T> values) {
    if (values == null || values.isEmpty()) {
      return List.of();
    }
    return values.stream().filter(Objects::nonNull).<T>map(Objects::requireNonNull).toList();
  }

  /** An unchangeable copy of a map in the same order; empty when there is none. */
  public static <T> Map<String, T> map(@Nullable Map<String, ? extends @Nullable T> values) {
    if (values == null || values.isEmpty()) {
      return Map.of();
    }
    Map<String, T> copy = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key != null && value != null) {
            copy.put(key, value);
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  /** The value, or what stands for nothing said. */
  public static <T> T orElse(@Nullable T value, T empty) {
    return value == null ? empty : value;
  }
}
