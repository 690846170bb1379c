package dev.barevirt.api.schema;

import dev.barevirt.api.core.IntOrString;
import dev.barevirt.api.core.Quantity;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A field of a document, as a record describes it.
 *
 * @param name its name on the wire
 * @param doc what it means; empty when the record does not say
 * @param required whether a document must have it
 * @param unsigned whether it is never negative
 * @param allowed the words it takes; empty when any will do
 * @param others what becomes of a document with another word
 * @param multiplicity how many values it has
 * @param kind what each value is
 * @param struct the record each value is, when it is one
 */
public record SchemaField(
    String name,
    String doc,
    boolean required,
    boolean unsigned,
    List<String> allowed,
    Allowed.Others others,
    Multiplicity multiplicity,
    Kind kind,
    Optional<Class<? extends Record>> struct) {

  /** How many values a field has. */
  public enum Multiplicity {
    /** One. */
    ONE,
    /** Any number, in a row. */
    LIST,
    /** Any number, by name. */
    MAP
  }

  /** What a value is. */
  public enum Kind {
    /** A text. */
    TEXT,
    /** True or false. */
    TRUTH,
    /** A whole number of 32 bits. */
    INTEGER,
    /** A whole number of 64 bits. */
    LONG,
    /** A number. */
    NUMBER,
    /** An amount of a resource. */
    QUANTITY,
    /** A moment. */
    TIME,
    /** A number or a name. */
    INT_OR_STRING,
    /** Fields of its own. */
    OBJECT,
    /** Anything. */
    ANY
  }

  private static final Map<Class<?>, Kind> KINDS =
      Map.ofEntries(
          Map.entry(String.class, Kind.TEXT),
          Map.entry(Boolean.class, Kind.TRUTH),
          Map.entry(boolean.class, Kind.TRUTH),
          Map.entry(Integer.class, Kind.INTEGER),
          Map.entry(int.class, Kind.INTEGER),
          Map.entry(Long.class, Kind.LONG),
          Map.entry(long.class, Kind.LONG),
          Map.entry(Double.class, Kind.NUMBER),
          Map.entry(double.class, Kind.NUMBER),
          Map.entry(Quantity.class, Kind.QUANTITY),
          Map.entry(Instant.class, Kind.TIME),
          Map.entry(IntOrString.class, Kind.INT_OR_STRING));

  public SchemaField {
    allowed = List.copyOf(allowed);
  }

  static SchemaField of(RecordComponent component) {
    WireName wire = component.getAnnotation(WireName.class);
    Doc doc = component.getAnnotation(Doc.class);
    Allowed allowed = component.getAnnotation(Allowed.class);
    Type type = component.getGenericType();
    Multiplicity multiplicity = Multiplicity.ONE;
    if (type instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      multiplicity = list ? Multiplicity.LIST : Multiplicity.MAP;
      type = generic.getActualTypeArguments()[list ? 0 : 1];
    }
    Class<?> value = (Class<?>) type;
    return new SchemaField(
        wire == null ? component.getName() : wire.value(),
        doc == null ? "" : doc.value(),
        component.isAnnotationPresent(Required.class),
        component.isAnnotationPresent(Unsigned.class),
        allowed == null ? List.of() : List.of(allowed.value()),
        allowed == null ? Allowed.Others.KEPT : allowed.others(),
        multiplicity,
        value.isRecord() ? Kind.OBJECT : KINDS.getOrDefault(value, Kind.ANY),
        value.isRecord() ? Optional.of(value.asSubclass(Record.class)) : Optional.empty());
  }

  /** The type in a few words, such as {@code list of object}. */
  public String typeName() {
    String one = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return switch (multiplicity) {
      case ONE -> one;
      case LIST -> "list of " + one;
      case MAP -> "map of " + one;
    };
  }
}
