package dev.barevirt.launcher.machine;

import java.util.Map;
import java.util.StringJoiner;

/** The {@code key=value,…} text of QEMU options that take no JSON. */
public final class OptionText {
  private OptionText() {}

  /** Whether QEMU can carry the value at all: no control characters, no lone surrogates. */
  public static boolean carries(String value) {
    return value
        .codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  /** A value as it stands between commas: each comma doubled. */
  static String escape(String value) {
    if (!carries(value)) {
      throw new IllegalArgumentException("a control character cannot be given to QEMU");
    }
    return value.replace(",", ",,");
  }

  /**
   * The whole text.
   *
   * @param head the first value, which has no key; empty for none
   * @param members keys and values in order
   */
  static String of(String head, Map<String, ?> members) {
    StringJoiner text = new StringJoiner(",");
    if (!head.isEmpty()) {
      text.add(escape(head));
    }
    members.forEach((key, value) -> text.add(key + "=" + escape(plain(value))));
    return text.toString();
  }

  private static String plain(Object value) {
    return switch (value) {
      case Boolean on -> on ? "on" : "off";
      case String text -> text;
      case Long number -> number.toString();
      default ->
          throw new IllegalArgumentException("not a scalar: " + value.getClass().getSimpleName());
    };
  }
}
