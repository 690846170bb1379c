package dev.barevirt.launcher.cli.spec;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A flag's value of the form {@code first[,key=value|,switch]...}; a comma inside a value is
 * written twice.
 *
 * @param flag the option it came from, for messages
 * @param first the part before the first comma
 * @param options the rest; a switch has an empty value
 */
record KeyValues(String flag, String first, Map<String, String> options) {
  /** Splits the value and refuses keys that are not known. */
  static KeyValues parse(String flag, String value, List<String> known) {
    List<String> parts = split(value);
    if (parts.getFirst().isEmpty()) {
      throw CliFailure.usage(
          flag + " '" + Text.printable(value) + "' has nothing before its first comma");
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (String part : parts.subList(1, parts.size())) {
      String[] pair = part.split("=", 2);
      if (!known.contains(pair[0])) {
        throw CliFailure.usage(
            flag
                + " does not know '"
                + Text.printable(pair[0])
                + "'; it takes "
                + String.join(", ", known));
      }
      if (options.put(pair[0], pair.length == 2 ? pair[1] : "") != null) {
        throw CliFailure.usage(flag + " says '" + pair[0] + "' twice");
      }
    }
    return new KeyValues(flag, parts.getFirst(), options);
  }

  private static List<String> split(String value) {
    List<String> parts = new ArrayList<>();
    var part = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != ',') {
        part.append(c);
      } else if (i + 1 < value.length() && value.charAt(i + 1) == ',') {
        part.append(c);
        i++;
      } else {
        parts.add(part.toString());
        part.setLength(0);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  /** The value of a key that, when given, must have one. */
  Optional<String> value(String key) {
    String value = options.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value.isEmpty()) {
      throw CliFailure.usage(flag + " needs a value after '" + key + "='");
    }
    return Optional.of(value);
  }

  /** The value of a key that may only be one of a few words. */
  Optional<String> oneOf(String key, List<String> words) {
    Optional<String> value = value(key);
    value
        .filter(word -> !words.contains(word))
        .ifPresent(
            word -> {
              throw CliFailure.usage(
                  flag
                      + " "
                      + key
                      + "='"
                      + Text.printable(word)
                      + "' is none of "
                      + String.join(", ", words));
            });
    return value;
  }

  /** True when the switch is there, as {@code ro} or {@code ro=true}. */
  boolean has(String key) {
    String value = options.get(key);
    if (value == null || value.equals("false") || value.equals("off")) {
      return false;
    }
    if (value.isEmpty() || value.equals("true") || value.equals("on")) {
      return true;
    }
    throw CliFailure.usage(
        flag + " " + key + " is a switch; write it without '=" + Text.printable(value) + "'");
  }
}
