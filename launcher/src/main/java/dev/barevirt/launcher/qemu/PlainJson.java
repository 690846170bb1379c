package dev.barevirt.launcher.qemu;

import dev.barevirt.launcher.machine.JsonNull;
import dev.barevirt.qmp.wire.Json;
import java.util.List;
import java.util.Map;

/** Plain values (texts, numbers, truths, nulls, lists, maps) as JSON. */
final class PlainJson {
  private PlainJson() {}

  static Json of(Object value) {
    return switch (value) {
      case String text -> Json.of(text);
      case Boolean truth -> Json.of(truth);
      case Number number -> Json.of(number.longValue());
      case JsonNull _ -> Json.Null.WRITTEN;
      case List<?> list -> Json.of(list.stream().map(PlainJson::of).toList());
      case Map<?, ?> map -> {
        Json.Builder members = Json.object();
        map.forEach((key, member) -> members.with(key.toString(), of(member)));
        yield members.build();
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    };
  }
}
