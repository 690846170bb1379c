package dev.barevirt.api.condition;

import dev.barevirt.api.v1.status.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Lists of conditions, of which each type is there once.
 *
 * <p>Two writers of one status erase each other's conditions unless both keep what they do not own
 * and the order in which it stands.
 */
public final class Conditions {
  private Conditions() {}

  /** The condition of a type. */
  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  /** Whether the condition of a type is there and holds. */
  public static boolean isTrue(List<Condition> conditions, String type) {
    return find(conditions, type)
        .filter(condition -> condition.status().equals("True"))
        .isPresent();
  }

  /**
   * The conditions with some replaced in their place and new ones at the end. The time of the last
   * transition is that of the old condition when the status is the same, else the one given.
   */
  public static List<Condition> merge(
      List<Condition> conditions, List<Condition> updates, Instant now) {
    Map<String, Condition> merged = new LinkedHashMap<>();
    conditions.forEach(condition -> merged.putIfAbsent(condition.type(), condition));
    for (Condition update : updates) {
      merged.merge(
          update.type(),
          update.withLastTransitionTime(now),
          (old, _) ->
              Objects.equals(old.status(), update.status())
                  ? update.withLastTransitionTime(old.lastTransitionTime())
                  : update.withLastTransitionTime(now));
    }
    return List.copyOf(merged.values());
  }

  /** The conditions without that of a type. */
  public static List<Condition> without(List<Condition> conditions, String type) {
    List<Condition> rest = new ArrayList<>(conditions);
    rest.removeIf(condition -> condition.type().equals(type));
    return List.copyOf(rest);
  }
}
