package dev.barevirt.qmp.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as an immutable tree. Reading is lenient: asking a value for what it is not gives
 * the empty answer ("", 0, false, no members), so that a walk into a reply needs no checks on the
 * way; {@link #isPresent()} tells an absent member from an empty one.
 */
public sealed interface Json {
  /**
   * A string.
   *
   * @param value its characters
   */
  record Text(String value) implements Json {
    @Override
    public String toString() {
      return RawJson.of(this).text();
    }
  }

  /**
   * A number.
   *
   * @param value a Long, a BigInteger beyond it, or a Double
   */
  record Numeric(Number value) implements Json {
    @Override
    public String toString() {
      return value.toString();
    }
  }

  /**
   * A boolean.
   *
   * @param value true or false
   */
  record Bool(boolean value) implements Json {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** A value that is not there. */
  enum Null implements Json {
    /** JSON's {@code null}. */
    WRITTEN,
    /** What is found where the document has nothing. */
    ABSENT;

    @Override
    public String toString() {
      return "null";
    }
  }

  /**
   * An array.
   *
   * @param elements its values in order
   */
  record Array(List<Json> elements) implements Json {
    /** Copies the elements. */
    public Array {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return RawJson.of(this).text();
    }
  }

  /**
   * An object.
   *
   * @param members its members in document order
   */
  record Struct(Map<String, Json> members) implements Json {
    @Override
    public String toString() {
      return RawJson.of(this).text();
    }
  }

  /** The member of that name, or {@link Null#ABSENT}. */
  default Json at(String member) {
    return members().getOrDefault(member, Null.ABSENT);
  }

  /** All members; none when this is not an object. */
  default Map<String, Json> members() {
    return this instanceof Struct s ? s.members() : Map.of();
  }

  /** All elements; none when this is not an array. */
  default List<Json> elements() {
    return this instanceof Array a ? a.elements() : List.of();
  }

  /** The string; "" when this is not one. */
  default String text() {
    return this instanceof Text t ? t.value() : "";
  }

  /** The number as a long; 0 when this is not one. */
  default long integer() {
    return this instanceof Numeric n ? n.value().longValue() : 0;
  }

  /** The boolean; false when this is not one. */
  default boolean bool() {
    return this instanceof Bool b && b.value();
  }

  /** Whether the document has a value here. */
  default boolean isPresent() {
    return this != Null.ABSENT;
  }

  /** Starts an object. */
  static Builder object() {
    return new Builder();
  }

  /** A string value. */
  static Json of(String value) {
    return new Text(value);
  }

  /** An integer value. */
  static Json of(long value) {
    return new Numeric(value);
  }

  /** A boolean value. */
  static Json of(boolean value) {
    return new Bool(value);
  }

  /** An array value. */
  static Json of(List<Json> elements) {
    return new Array(elements);
  }

  /** Reads one document. */
  static Json parse(String document) {
    return RawJson.of(document).tree();
  }

  /** Builds an object member by member; a member given as null is left out. */
  final class Builder {
    private final LinkedHashMap<String, Json> members = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a member. */
    public Builder with(String name, @Nullable Json value) {
      if (value != null) {
        members.put(name, value);
      }
      return this;
    }

    /** Adds a string. */
    public Builder with(String name, @Nullable String value) {
      return with(name, value == null ? null : new Text(value));
    }

    /** Adds an integer. */
    public Builder with(String name, long value) {
      return with(name, new Numeric(value));
    }

    /** Adds a boolean. */
    public Builder with(String name, boolean value) {
      return with(name, new Bool(value));
    }

    /** The object. */
    public Struct build() {
      return new Struct(Collections.unmodifiableMap(new LinkedHashMap<>(members)));
    }
  }

  /** Reads the value whose first token the parser stands on. */
  static Json read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        LinkedHashMap<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, read(parser));
        }
        yield new Struct(Collections.unmodifiableMap(members));
      }
      case START_ARRAY -> {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(read(parser));
        }
        yield new Array(elements);
      }
      case VALUE_STRING -> new Text(parser.getText());
      case VALUE_NUMBER_INT -> new Numeric(integer(parser));
      case VALUE_NUMBER_FLOAT -> new Numeric(parser.getDoubleValue());
      case VALUE_TRUE -> new Bool(true);
      case VALUE_FALSE -> new Bool(false);
      case VALUE_NULL -> Null.WRITTEN;
      case null, default -> throw new WireException.Malformed("no JSON value at " + token);
    };
  }

  private static Number integer(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? parser.getBigIntegerValue()
        : (Number) parser.getLongValue();
  }

  /** Writes this value. */
  default void write(JsonGenerator out) throws IOException {
    switch (this) {
      case Text t -> out.writeString(t.value());
      case Bool b -> out.writeBoolean(b.value());
      case Null _ -> out.writeNull();
      case Numeric(BigInteger n) -> out.writeNumber(n);
      case Numeric(Double n) -> out.writeNumber(n);
      case Numeric(Number n) -> out.writeNumber(n.longValue());
      case Array a -> {
        out.writeStartArray();
        for (Json element : a.elements()) {
          element.write(out);
        }
        out.writeEndArray();
      }
      case Struct s -> {
        out.writeStartObject();
        for (Map.Entry<String, Json> member : s.members().entrySet()) {
          out.writeFieldName(member.getKey());
          member.getValue().write(out);
        }
        out.writeEndObject();
      }
    }
  }
}
