package dev.barevirt.api.json;

import dev.barevirt.api.rules.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** A document could not be read; its violations say all that is wrong with it. */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  UnreadableException(List<Violation> violations) {
    super(violations.stream().map(Violation::sentence).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** What is wrong; never empty. */
  public List<Violation> violations() {
    return violations;
  }
}
