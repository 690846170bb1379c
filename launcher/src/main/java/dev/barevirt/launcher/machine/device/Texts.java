package dev.barevirt.launcher.machine.device;

import org.jspecify.annotations.Nullable;

/** Reads texts that may be absent. */
final class Texts {
  private Texts() {}

  /** The text, empty when it is absent. */
  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
