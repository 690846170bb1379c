package dev.barevirt.api.schema;

import dev.barevirt.api.core.ObjectMeta;
import dev.barevirt.api.schema.SchemaField.Multiplicity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The structural schema of a kind, as a custom resource definition carries it.
 *
 * <p>Words a field takes are told in its description: which are refused, and with which cause, is
 * for the rules, but for fields no rule looks at.
 */
public final class OpenApiSchema {
  private static final String QUANTITY =
      "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))"
          + "(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

  private OpenApiSchema() {}

  /** The schema of a kind: its metadata are the server's business. */
  public static Map<String, Object> ofKind(Class<? extends Record> kind) {
    Map<String, Object> schema = of(kind);
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      Map<String, Object> own = new LinkedHashMap<>();
      properties.forEach((name, property) -> own.put(String.valueOf(name), property));
      own.put("metadata", Map.of("type", "object"));
      schema.put("properties", own);
    }
    return schema;
  }

  /** The schema of a record. */
  public static Map<String, Object> of(Class<? extends Record> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (SchemaField field : SchemaWalker.fields(type)) {
      properties.put(field.name(), property(field));
      if (field.required()) {
        required.add(field.name());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    if (!properties.isEmpty()) {
      schema.put("properties", properties);
    }
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private static Map<String, Object> property(SchemaField field) {
    Map<String, Object> property = new LinkedHashMap<>();
    if (!field.doc().isEmpty()) {
      property.put("description", description(field));
    }
    property.putAll(
        switch (field.multiplicity()) {
          case ONE -> value(field);
          case LIST -> list(field);
          case MAP -> map(field);
        });
    return property;
  }

  private static String description(SchemaField field) {
    return field.allowed().isEmpty()
        ? field.doc()
        : field.doc() + " One of: " + String.join(", ", field.allowed()) + ".";
  }

  private static Map<String, Object> list(SchemaField field) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", value(field));
    boolean conditions = field.name().equals("conditions");
    list.put("x-kubernetes-list-type", conditions ? "map" : "atomic");
    if (conditions) {
      list.put("x-kubernetes-list-map-keys", List.of("type"));
    }
    return list;
  }

  private static Map<String, Object> map(SchemaField field) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", "object");
    map.put("additionalProperties", value(field));
    return map;
  }

  private static Map<String, Object> value(SchemaField field) {
    Map<String, Object> value = new LinkedHashMap<>();
    switch (field.kind()) {
      case TEXT -> text(field, value);
      case TRUTH -> value.put("type", "boolean");
      case INTEGER -> number(value, "integer", "int32");
      case LONG -> number(value, "integer", "int64");
      case NUMBER -> number(value, "number", "double");
      case TIME -> {
        value.put("type", "string");
        value.put("format", "date-time");
        if (field.multiplicity() == Multiplicity.ONE) {
          value.put("nullable", true);
        }
      }
      case QUANTITY -> {
        intOrString(value);
        value.put("pattern", QUANTITY);
      }
      case INT_OR_STRING -> intOrString(value);
      case OBJECT -> {
        field.struct().ifPresent(struct -> value.putAll(of(struct)));
        if (field.struct().filter(ObjectMeta.class::equals).isPresent()) {
          // A template may have the word with nothing below it, and clients write null there.
          value.put("nullable", true);
        }
      }
      case ANY -> value.put("x-kubernetes-preserve-unknown-fields", true);
    }
    if (field.unsigned()) {
      value.put("minimum", 0);
    }
    return value;
  }

  private static void text(SchemaField field, Map<String, Object> value) {
    value.put("type", "string");
    if (field.others() == Allowed.Others.REFUSED) {
      value.put("enum", field.allowed());
    }
  }

  private static void number(Map<String, Object> value, String type, String format) {
    value.put("type", type);
    value.put("format", format);
  }

  private static void intOrString(Map<String, Object> value) {
    value.put("anyOf", List.of(Map.of("type", "integer"), Map.of("type", "string")));
    value.put("x-kubernetes-int-or-string", true);
  }
}
