package dev.barevirt.control.patch;

import dev.barevirt.api.json.RecordWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Steps that change a document, or all fail. */
public final class JsonPatch {
  private final List<Map<String, @Nullable Object>> steps = new ArrayList<>();

  /** Demands a value; null stands for none. */
  public JsonPatch test(String path, @Nullable Object value) {
    return step("test", path, value);
  }

  /** Sets a value, whether or not there is one, in an object that is there. */
  public JsonPatch add(String path, Object value) {
    return step("add", path, value);
  }

  /** Takes a value away that is there. */
  public JsonPatch remove(String path) {
    Map<String, @Nullable Object> step = new LinkedHashMap<>();
    step.put("op", "remove");
    step.put("path", path);
    steps.add(step);
    return this;
  }

  private JsonPatch step(String operation, String path, @Nullable Object value) {
    Map<String, @Nullable Object> step = new LinkedHashMap<>();
    step.put("op", operation);
    step.put("path", path);
    step.put("value", value);
    steps.add(step);
    return this;
  }

  /** Whether it changes nothing and demands nothing. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The patch as JSON. */
  public String toJson() {
    return steps.stream().map(RecordWriter::toJson).collect(Collectors.joining(",", "[", "]"));
  }

  /**
   * The steps that make of a document what defaulting made of its record. What the record does not
   * know stays as it is.
   *
   * @param raw the document as it was written
   * @param before its record as plain values
   * @param after the changed record as plain values
   */
  public static JsonPatch between(Map<?, ?> raw, Map<?, ?> before, Map<?, ?> after) {
    JsonPatch patch = new JsonPatch();
    patch.compare("", raw, before, after);
    return patch;
  }

  private void compare(String path, Map<?, ?> raw, Map<?, ?> before, Map<?, ?> after) {
    after.forEach(
        (key, value) -> {
          if (!value.equals(before.get(key))) {
            change(path + "/" + escaped(key), raw.get(key), before.get(key), value);
          }
        });
    before.keySet().stream()
        .filter(key -> !after.containsKey(key) && raw.containsKey(key))
        .forEach(key -> remove(path + "/" + escaped(key)));
  }

  private void change(String path, @Nullable Object raw, @Nullable Object before, Object after) {
    if (raw instanceof Map<?, ?> written && after instanceof Map<?, ?> wanted) {
      compare(path, written, before instanceof Map<?, ?> known ? known : Map.of(), wanted);
    } else if (raw instanceof List<?> written
        && before instanceof List<?> known
        && after instanceof List<?> wanted
        && written.size() == known.size()
        && known.size() == wanted.size()) {
      for (int i = 0; i < wanted.size(); i++) {
        if (!wanted.get(i).equals(known.get(i))) {
          change(path + "/" + i, written.get(i), known.get(i), wanted.get(i));
        }
      }
    } else {
      add(path, after);
    }
  }

  private static String escaped(Object key) {
    return key.toString().replace("~", "~0").replace("/", "~1");
  }
}
