package dev.barevirt.api.definition;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A column that {@code kubectl get} shows.
 *
 * @param name its heading
 * @param type what its values are, such as {@code string} or {@code date}
 * @param jsonPath where its values come from
 * @param view when it is shown
 */
record PrinterColumn(String name, String type, String jsonPath, View view) {

  /** When a column is shown. */
  enum View {
    /** Always. */
    USUAL,
    /** With {@code -o wide} only. */
    WIDE
  }

  static PrinterColumn age() {
    return new PrinterColumn("Age", "date", ".metadata.creationTimestamp", View.USUAL);
  }

  static PrinterColumn text(String name, String jsonPath) {
    return new PrinterColumn(name, "string", jsonPath, View.USUAL);
  }

  static PrinterColumn number(String name, String jsonPath) {
    return new PrinterColumn(name, "integer", jsonPath, View.USUAL);
  }

  static PrinterColumn condition(String type) {
    return text(type, ".status.conditions[?(@.type=='" + type + "')].status");
  }

  PrinterColumn wide() {
    return new PrinterColumn(name, type, jsonPath, View.WIDE);
  }

  PrinterColumn named(String name) {
    return new PrinterColumn(name, type, jsonPath, view);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("type", type);
    map.put("jsonPath", jsonPath);
    if (view == View.WIDE) {
      map.put("priority", 1);
    }
    return map;
  }
}
