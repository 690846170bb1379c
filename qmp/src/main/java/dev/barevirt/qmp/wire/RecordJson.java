package dev.barevirt.qmp.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Binds records to JSON by the names of their components: {@code nodeName} is {@code node-name} on
 * the wire, or {@code node_name} in a record that is {@link SnakeCase}; {@code package_} is {@code
 * package}; enum constants likewise.
 *
 * <p>Writing leaves out what is null, and nothing else: an empty list says that there are none,
 * which a command may need to hear. Reading ignores unknown members and gives absent ones their
 * empty value: "", 0, false, no elements, the enum's {@code UNKNOWN}; an absent boxed number,
 * Boolean or record is null. A member of the wrong type is a {@link WireException.Malformed}.
 */
public final class RecordJson {
  /** A record whose members have underscores on the wire. */
  public interface SnakeCase {}

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  private RecordJson() {}

  private record Member(RecordComponent component, String wireName, String otherName) {}

  private record Shape(Constructor<?> constructor, List<Member> members) {
    static Shape of(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      List<Member> members = new ArrayList<>();
      boolean snake = SnakeCase.class.isAssignableFrom(type);
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        components[i].getAccessor().setAccessible(true);
        String kebab = wireName(components[i].getName(), '-');
        String underscored = kebab.replace('-', '_');
        members.add(
            new Member(components[i], snake ? underscored : kebab, snake ? kebab : underscored));
      }
      try {
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return new Shape(constructor, members);
      } catch (NoSuchMethodException e) {
        throw new IllegalArgumentException(type + " has no canonical constructor", e);
      }
    }
  }

  /** A component's or constant's name on the wire. */
  static String wireName(String name, char separator) {
    if (name.equals(name.toUpperCase(Locale.ROOT))) {
      return name;
    }
    StringBuilder wire = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        wire.append(separator).append(Character.toLowerCase(c));
      } else if (c != '_' || i < name.length() - 1) {
        wire.append(c);
      }
    }
    return wire.toString();
  }

  /** An enum constant's name on the wire. */
  public static String wireName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The names of a record's components on the wire, in order. */
  public static List<String> wireNames(Class<? extends Record> type) {
    return SHAPES.get(type).members().stream().map(Member::wireName).toList();
  }

  /** Writes a record. */
  public static Json.Struct write(Record record) {
    LinkedHashMap<String, Json> members = new LinkedHashMap<>();
    for (Member member : SHAPES.get(record.getClass()).members()) {
      Object value = get(member, record);
      if (value != null && !isAbsent(value)) {
        members.put(member.wireName(), toJson(value));
      }
    }
    return new Json.Struct(Collections.unmodifiableMap(members));
  }

  private static @Nullable Object get(Member member, Record record) {
    try {
      return member.component().getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("read " + member.component(), e);
    }
  }

  private static boolean isAbsent(Object value) {
    return value instanceof Json json && !json.isPresent();
  }

  /** Writes a value of any type a record may hold. */
  public static Json toJson(Object value) {
    return switch (value) {
      case Json json -> json;
      case String text -> new Json.Text(text);
      case Boolean b -> new Json.Bool(b);
      case Integer n -> new Json.Numeric(n.longValue());
      case Long n -> new Json.Numeric(n);
      case BigInteger n -> new Json.Numeric(n);
      case Double n -> new Json.Numeric(n);
      case Enum<?> e -> new Json.Text(wireName(e));
      case Record r -> write(r);
      case List<?> l -> new Json.Array(l.stream().map(RecordJson::toJson).toList());
      case Map<?, ?> m -> {
        LinkedHashMap<String, Json> members = new LinkedHashMap<>();
        m.forEach((k, v) -> members.put(k.toString(), toJson(v)));
        yield new Json.Struct(Collections.unmodifiableMap(members));
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    };
  }

  /** Reads a record. */
  public static <T extends Record> T read(Json json, Class<T> type) {
    if (!(json instanceof Json.Struct)) {
      throw new WireException.Malformed(type.getSimpleName() + " is no object: " + kind(json));
    }
    Shape shape = SHAPES.get(type);
    Object[] values = new Object[shape.members().size()];
    for (int i = 0; i < values.length; i++) {
      Member member = shape.members().get(i);
      Json value = json.at(member.wireName());
      if (!value.isPresent()) {
        value = json.at(member.otherName());
      }
      values[i] = fromJson(value, member.component().getGenericType(), member.wireName());
    }
    try {
      return type.cast(shape.constructor().newInstance(values));
    } catch (InvocationTargetException e) {
      throw new WireException.Malformed("read " + type.getSimpleName(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("make " + type, e);
    }
  }

  private static @Nullable Object fromJson(Json json, Type type, String name) {
    if (type instanceof ParameterizedType p) {
      return p.getRawType() == List.class
          ? list(json, p.getActualTypeArguments()[0], name)
          : map(json, p.getActualTypeArguments()[1], name);
    }
    Class<?> c = (Class<?>) type;
    if (c == Json.class) {
      return json;
    }
    if (!json.isPresent() || json == Json.Null.WRITTEN) {
      return absent(c);
    }
    if (c == String.class && json instanceof Json.Text t) {
      return t.value();
    }
    if ((c == boolean.class || c == Boolean.class) && json instanceof Json.Bool b) {
      return b.value();
    }
    if (json instanceof Json.Numeric n) {
      return number(n.value(), c, name);
    }
    if (c.isEnum() && json instanceof Json.Text t) {
      return constant(c, t.value());
    }
    if (c.isRecord() && json instanceof Json.Struct) {
      return read(json, c.asSubclass(Record.class));
    }
    throw new WireException.Malformed(name + " is " + kind(json) + ", not " + c.getSimpleName());
  }

  private static @Nullable Object absent(Class<?> c) {
    if (c == boolean.class) {
      return false;
    }
    if (c == int.class) {
      return 0;
    }
    if (c == long.class) {
      return 0L;
    }
    if (c == double.class) {
      return 0.0;
    }
    if (c == String.class) {
      return "";
    }
    return c.isEnum() ? constant(c, "") : null;
  }

  private static Object number(Number n, Class<?> c, String name) {
    if (c == long.class || c == Long.class) {
      return n.longValue();
    }
    if (c == int.class || c == Integer.class) {
      return n.intValue();
    }
    if (c == double.class || c == Double.class) {
      return n.doubleValue();
    }
    throw new WireException.Malformed(name + " is a number, not " + c.getSimpleName());
  }

  private static Object constant(Class<?> type, String wireName) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (wireName((Enum<?>) constant).equals(wireName)) {
        return constant;
      }
    }
    for (Object constant : constants) {
      if (((Enum<?>) constant).name().equals("UNKNOWN")) {
        return constant;
      }
    }
    throw new IllegalStateException(type + " has no UNKNOWN");
  }

  private static List<Object> list(Json json, Type element, String name) {
    if (json.isPresent() && !(json instanceof Json.Array)) {
      throw new WireException.Malformed(name + " is " + kind(json) + ", not an array");
    }
    List<Object> elements = new ArrayList<>();
    for (Json value : json.elements()) {
      Object read = fromJson(value, element, name);
      if (read != null) {
        elements.add(read);
      }
    }
    return Collections.unmodifiableList(elements);
  }

  private static Map<String, Object> map(Json json, Type value, String name) {
    Map<String, Object> members = new LinkedHashMap<>();
    json.members()
        .forEach(
            (key, member) -> {
              Object read = fromJson(member, value, name);
              if (read != null) {
                members.put(key, read);
              }
            });
    return Collections.unmodifiableMap(members);
  }

  private static String kind(Json json) {
    return switch (json) {
      case Json.Text _ -> "a string";
      case Json.Numeric _ -> "a number";
      case Json.Bool _ -> "a boolean";
      case Json.Null _ -> "nothing";
      case Json.Array _ -> "an array";
      case Json.Struct _ -> "an object";
    };
  }
}
