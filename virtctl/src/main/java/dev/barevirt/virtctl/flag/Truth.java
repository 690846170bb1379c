package dev.barevirt.virtctl.flag;

import java.util.Optional;

/** The words that mean true and false on a command line of Go's making. */
final class Truth {
  private Truth() {}

  static Optional<Boolean> of(String word) {
    return switch (word) {
      case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
      case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
