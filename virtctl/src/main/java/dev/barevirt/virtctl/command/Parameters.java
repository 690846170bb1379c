package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a flag holds that is written {@code name:value,name:value}. A value may have colons.
 *
 * @param flag the flag
 * @param values the values by name
 */
record Parameters(String flag, Map<String, String> values) {
  static Parameters of(String flag, String written, List<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : written.split(",", -1)) {
      int colon = part.indexOf(':');
      if (colon < 1 || colon == part.length() - 1) {
        throw new UsageException(
            "failed to parse \"--%s\" flag: \"%s\" is not NAME:VALUE".formatted(flag, part));
      }
      String name = part.substring(0, colon);
      if (!known.contains(name)) {
        throw new UsageException(
            "failed to parse \"--%s\" flag: unknown param(s): %s; known are %s"
                .formatted(flag, part, String.join(", ", known)));
      }
      values.put(name, part.substring(colon + 1));
    }
    return new Parameters(flag, values);
  }

  /** A value that must be there. */
  String required(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new UsageException(
          "failed to parse \"--%s\" flag: %s must be specified".formatted(flag, name));
    }
    return value;
  }

  /** A value, or what it is without. */
  String or(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  UsageException wrong(String name, String allowed) {
    return new UsageException(
        "failed to parse \"--%s\" flag: invalid %s \"%s\", supported values are: %s"
            .formatted(flag, name, values.get(name), allowed));
  }
}
