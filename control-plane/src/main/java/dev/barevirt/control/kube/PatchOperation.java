package dev.barevirt.control.kube;

import dev.barevirt.api.json.RecordWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One step of a JSON patch. */
public sealed interface PatchOperation {
  /** Sets a value, whether or not there is one. */
  record Set(String path, Object value) implements PatchOperation {}

  /** Takes away a value, which must be there. */
  record Remove(String path) implements PatchOperation {}

  /** The step as plain values. */
  private Map<String, Object> plain() {
    Map<String, Object> step = new LinkedHashMap<>();
    switch (this) {
      case Set(String path, Object value) -> {
        step.put("op", "add");
        step.put("path", path);
        step.put("value", value);
      }
      case Remove(String path) -> {
        step.put("op", "remove");
        step.put("path", path);
      }
    }
    return step;
  }

  /** The patch as JSON, which is refused when the object has another version by now. */
  static String render(String resourceVersion, List<PatchOperation> operations) {
    List<Map<String, Object>> steps = new ArrayList<>();
    steps.add(Map.of("op", "test", "path", "/metadata/resourceVersion", "value", resourceVersion));
    operations.forEach(operation -> steps.add(operation.plain()));
    return steps.stream().map(RecordWriter::toJson).collect(Collectors.joining(",", "[", "]"));
  }

  /**
   * The steps that lead from one status to another, field by field.
   *
   * @param before the fields as they are
   * @param after the fields as they shall be
   * @param isThere whether there is a status at all
   */
  static List<PatchOperation> ofStatus(
      Map<String, Object> before, Map<String, Object> after, boolean isThere) {
    if (before.equals(after)) {
      return List.of();
    }
    if (!isThere) {
      return List.of(new Set("/status", after));
    }
    List<PatchOperation> operations = new ArrayList<>();
    after.forEach(
        (field, value) -> {
          if (!value.equals(before.get(field))) {
            operations.add(new Set("/status/" + field, value));
          }
        });
    before.keySet().stream()
        .filter(field -> !after.containsKey(field))
        .forEach(field -> operations.add(new Remove("/status/" + field)));
    return operations;
  }
}
