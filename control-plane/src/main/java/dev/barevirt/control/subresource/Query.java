package dev.barevirt.control.subresource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What follows a path's question mark.
 *
 * @param sent as it was sent
 */
record Query(String sent) {

  /** The first value of a name. */
  Optional<String> value(String name) {
    return Arrays.stream(sent.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2 && pair[0].equals(name))
        .map(pair -> decoded(pair[1]))
        .findFirst();
  }

  /** The query with which an agent is told of a switch; empty when it is off. */
  String passingOn(String name) {
    return value(name).filter("true"::equals).map(_ -> name + "=true").orElse("");
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return value;
    }
  }
}
