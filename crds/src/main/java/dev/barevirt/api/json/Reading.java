package dev.barevirt.api.json;

import dev.barevirt.api.rules.Violation;
import java.util.List;

/**
 * What came of reading a document.
 *
 * @param <T> what was to be read
 */
public sealed interface Reading<T> {
  /** It could be read. */
  record Accepted<T>(T value) implements Reading<T> {}

  /** It could not, and these are the reasons, at least one. */
  record Refused<T>(List<Violation> violations) implements Reading<T> {
    public Refused {
      violations = List.copyOf(violations);
    }
  }

  /** What was read, or {@link UnreadableException} with all that is wrong. */
  default T orThrow() {
    return switch (this) {
      case Accepted<T>(T value) -> value;
      case Refused<T>(List<Violation> violations) -> throw new UnreadableException(violations);
    };
  }

  /** What is wrong; empty when nothing is. */
  default List<Violation> problems() {
    return switch (this) {
      case Accepted<T> _ -> List.of();
      case Refused<T>(List<Violation> violations) -> violations;
    };
  }
}
