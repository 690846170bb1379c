package dev.barevirt.api.rules;

import dev.barevirt.api.core.FieldPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects violations in the order in which they are found, each once. */
final class Findings {
  private final Set<Violation> violations = new LinkedHashSet<>();

  void add(Violation violation) {
    violations.add(violation);
  }

  void invalid(FieldPath path, String message) {
    add(Violation.invalid(path, message));
  }

  void required(FieldPath path, String message) {
    add(Violation.required(path, message));
  }

  void duplicate(FieldPath path, String message) {
    add(Violation.duplicate(path, message));
  }

  void notSupported(FieldPath path, String message) {
    add(Violation.notSupported(path, message));
  }

  void unsupported(FieldPath path, String message) {
    add(Violation.unsupported(path, message));
  }

  List<Violation> all() {
    return new ArrayList<>(violations);
  }
}
