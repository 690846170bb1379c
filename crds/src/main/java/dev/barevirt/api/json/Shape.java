package dev.barevirt.api.json;

import dev.barevirt.api.core.IntOrString;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.schema.WireName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a component's Java type looks like on the wire. */
sealed interface Shape {
  /** One value. */
  enum Scalar implements Shape {
    /** A text. */
    TEXT,
    /** True or false. */
    TRUTH,
    /** A whole number of 32 bits. */
    INT,
    /** A whole number of 64 bits. */
    LONG,
    /** A number. */
    DOUBLE,
    /** An amount of a resource. */
    QUANTITY,
    /** A moment. */
    INSTANT,
    /** A number or a name. */
    INT_OR_STRING,
    /** Anything at all. */
    ANY
  }

  /** One of a few words. */
  record Word(Class<?> type, Map<String, Object> constants) implements Shape {}

  /** A record. */
  record Struct(Class<? extends Record> type) implements Shape {}

  /** One of several records. */
  record OneOf(Class<?> type, String discriminator, Map<String, Class<? extends Record>> records)
      implements Shape {}

  /** Values in a row. */
  record ListOf(Shape element) implements Shape {}

  /** Values by name. */
  record MapOf(Shape value) implements Shape {}

  /** The shape of a Java type; a type without one is a defect of the record. */
  static Shape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return new ListOf(of(arguments[0]));
      }
      if (generic.getRawType() == Map.class && arguments[0] == String.class) {
        return new MapOf(of(arguments[1]));
      }
    }
    if (type instanceof Class<?> plain) {
      return ofClass(plain);
    }
    throw new IllegalArgumentException("no shape on the wire for " + type);
  }

  private static Shape ofClass(Class<?> type) {
    Scalar scalar = SCALARS.get(type);
    if (scalar != null) {
      return scalar;
    }
    if (type.isEnum()) {
      return word(type);
    }
    if (type.isRecord()) {
      return new Struct(type.asSubclass(Record.class));
    }
    Discriminated discriminated = type.getAnnotation(Discriminated.class);
    if (discriminated != null && type.isSealed()) {
      Map<String, Class<? extends Record>> records = new LinkedHashMap<>();
      for (Class<?> kind : type.getPermittedSubclasses()) {
        records.put(wireName(kind), kind.asSubclass(Record.class));
      }
      return new OneOf(type, discriminated.value(), records);
    }
    throw new IllegalArgumentException("no shape on the wire for " + type);
  }

  private static Shape word(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    Arrays.stream(type.getEnumConstants())
        .forEach(constant -> constants.put(wireName((Enum<?>) constant), constant));
    return new Word(type, constants);
  }

  /** A constant's word: its wire name, else its name. */
  static String wireName(Enum<?> constant) {
    try {
      WireName wire =
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(WireName.class);
      return wire == null ? constant.name() : wire.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(constant + " is not public", e);
    }
  }

  /** What a record of a discriminated family is called. */
  static String wireName(Class<?> kind) {
    WireName wire = kind.getAnnotation(WireName.class);
    return wire == null
        ? kind.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT)
        : wire.value();
  }

  /** The types that are one value on the wire. */
  Map<Class<?>, Scalar> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, Scalar.TEXT),
          Map.entry(Boolean.class, Scalar.TRUTH),
          Map.entry(boolean.class, Scalar.TRUTH),
          Map.entry(Integer.class, Scalar.INT),
          Map.entry(int.class, Scalar.INT),
          Map.entry(Long.class, Scalar.LONG),
          Map.entry(long.class, Scalar.LONG),
          Map.entry(Double.class, Scalar.DOUBLE),
          Map.entry(double.class, Scalar.DOUBLE),
          Map.entry(Quantity.class, Scalar.QUANTITY),
          Map.entry(Instant.class, Scalar.INSTANT),
          Map.entry(IntOrString.class, Scalar.INT_OR_STRING),
          Map.entry(Object.class, Scalar.ANY));
}
