package dev.barevirt.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.barevirt.api.core.IntOrString;
import dev.barevirt.api.json.RecordPlan.Field;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON, always the same way: components in their order, map entries by key,
 * nothing for what is absent or an empty list, map or required text.
 */
public final class RecordWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private RecordWriter() {}

  /** The record as JSON on one line. */
  public static String toJson(Record value) {
    return write(plain(value), false);
  }

  /** The record as JSON for people. */
  public static String toPrettyJson(Record value) {
    return write(plain(value), true);
  }

  /** Plain values as JSON on one line. */
  public static String toJson(Map<String, ?> plain) {
    return write(plain, false);
  }

  /** Plain values as JSON for people. */
  public static String toPrettyJson(Map<String, ?> plain) {
    return write(plain, true);
  }

  /** The record as plain values: maps, lists, texts, numbers and truths. */
  public static Map<String, Object> plain(Record value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Field field : RecordPlan.of(value.getClass()).fields().values()) {
      Object plain = plain(field.shape(), field.of(value));
      if (plain != null && !isNothing(field, plain)) {
        fields.put(field.name(), plain);
      }
    }
    return fields;
  }

  /** Whether a value says no more than its absence would. */
  private static boolean isNothing(Field field, Object plain) {
    return switch (field.shape()) {
      case Shape.ListOf _ -> plain instanceof List<?> list && list.isEmpty();
      case Shape.MapOf _ -> plain instanceof Map<?, ?> map && map.isEmpty();
      case Shape.Struct _ ->
          !field.nullable() && !field.required() && plain instanceof Map<?, ?> map && map.isEmpty();
      case Shape.Scalar scalar ->
          scalar == Shape.Scalar.TEXT && field.required() && plain.equals("");
      case Shape.Word _, Shape.OneOf _ -> false;
    };
  }

  private static @Nullable Object plain(Shape shape, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (shape) {
      case Shape.Scalar scalar -> scalar(scalar, value);
      case Shape.Word _ -> Shape.wireName((Enum<?>) value);
      case Shape.Struct _ -> plain((Record) value);
      case Shape.OneOf(Class<?> _, String discriminator, var _) -> {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(discriminator, Shape.wireName(value.getClass()));
        fields.putAll(plain((Record) value));
        yield fields;
      }
      case Shape.ListOf(Shape element) -> {
        List<Object> elements = new ArrayList<>();
        for (Object child : (List<?>) value) {
          Object plain = plain(element, child);
          if (plain != null) {
            elements.add(plain);
          }
        }
        yield elements;
      }
      case Shape.MapOf(Shape element) -> {
        Map<String, Object> entries = new TreeMap<>();
        ((Map<?, ?>) value)
            .forEach(
                (key, child) -> {
                  Object plain = plain(element, child);
                  if (plain != null) {
                    entries.put(key.toString(), plain);
                  }
                });
        yield entries;
      }
    };
  }

  private static Object scalar(Shape.Scalar scalar, Object value) {
    return switch (scalar) {
      case TEXT, TRUTH, INT, LONG, DOUBLE, ANY -> value;
      case QUANTITY, INSTANT -> value.toString();
      case INT_OR_STRING ->
          switch ((IntOrString) value) {
            case IntOrString.Numbered(int number) -> number;
            case IntOrString.Named(String name) -> name;
          };
    };
  }

  private static String write(Object plain, boolean pretty) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      if (pretty) {
        json.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      write(json, plain);
    } catch (IOException e) {
      throw new UncheckedIOException("writing JSON to memory", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object plain) throws IOException {
    switch (plain) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case Iterable<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Record value -> write(json, plain(value));
      default -> json.writeString(plain.toString());
    }
  }
}
