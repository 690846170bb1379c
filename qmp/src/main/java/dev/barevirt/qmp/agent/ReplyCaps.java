package dev.barevirt.qmp.agent;

import dev.barevirt.qmp.wire.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cuts what a guest says to a size one can keep: lists to so many elements, texts to so many
 * characters. What is cut is cut silently, for a guest that says more is not worth an error.
 *
 * @param elements the longest list
 * @param characters the longest text
 */
record ReplyCaps(int elements, int characters) {
  /** What is enough for any honest guest's interfaces, users and file systems. */
  static final ReplyCaps USUAL = new ReplyCaps(256, 4096);

  Json cut(Json value) {
    return switch (value) {
      case Json.Text(String text) when text.length() > characters ->
          Json.of(text.substring(0, characters));
      case Json.Array a -> Json.of(a.elements().stream().limit(elements).map(this::cut).toList());
      case Json.Struct s -> {
        Map<String, Json> members = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : s.members().entrySet()) {
          if (members.size() < elements) {
            members.put(member.getKey(), cut(member.getValue()));
          }
        }
        yield new Json.Struct(Collections.unmodifiableMap(members));
      }
      case Json.Text _, Json.Numeric _, Json.Bool _, Json.Null _ -> value;
    };
  }
}
