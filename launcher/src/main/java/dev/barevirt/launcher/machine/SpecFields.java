package dev.barevirt.launcher.machine;

import dev.barevirt.api.schema.WireName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of API records by their paths on the wire: {@code domain.devices.disks[].cache}. */
public final class SpecFields {
  private SpecFields() {}

  /**
   * A field that is set.
   *
   * @param path its path, every index left out
   * @param place its path, with indexes
   */
  public record SetField(String path, String place) {
    /** Whether it is this field or one below it. */
    public boolean isWithin(String other) {
      return path.equals(other) || path.startsWith(other + ".") || path.startsWith(other + "[]");
    }
  }

  /** The leaves of a type: what is no struct, and structs without fields. */
  public static List<String> leaves(Class<? extends Record> type) {
    List<String> found = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      leaves(component.getGenericType(), wireName(component), found);
    }
    return List.copyOf(found);
  }

  private static void leaves(Type type, String path, List<String> found) {
    Optional<Class<? extends Record>> struct = struct(type);
    Optional<Class<? extends Record>> element = element(type);
    if (element.isPresent()) {
      below(element.get(), path + "[]", found);
    } else if (struct.isPresent()) {
      below(struct.get(), path, found);
    } else {
      found.add(path);
    }
  }

  private static void below(Class<? extends Record> type, String path, List<String> found) {
    List<String> names = leaves(type);
    if (names.isEmpty()) {
      found.add(path);
    }
    names.forEach(name -> found.add(path + "." + name));
  }

  /** What is set: leaves that are neither absent, empty nor false, and structs without any. */
  public static List<SetField> set(Record value) {
    List<SetField> found = new ArrayList<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      String name = wireName(component);
      set(read(component, value), new SetField(name, name), found);
    }
    return List.copyOf(found);
  }

  private static void set(@Nullable Object value, SetField at, List<SetField> found) {
    switch (value) {
      case null -> {}
      case Boolean on when !on -> {}
      case String text when text.isEmpty() -> {}
      case java.util.Map<?, ?> map when map.isEmpty() -> {}
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          set(list.get(i), new SetField(at.path() + "[]", at.place() + "[" + i + "]"), found);
        }
      }
      case Record struct -> {
        List<SetField> inside = set(struct);
        if (inside.isEmpty()) {
          found.add(at);
        }
        inside.forEach(
            f -> found.add(new SetField(at.path() + "." + f.path(), at.place() + "." + f.place())));
      }
      default -> found.add(at);
    }
  }

  private static @Nullable Object read(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("read " + component + " of a public record", e);
    }
  }

  private static String wireName(RecordComponent component) {
    WireName name = component.getAnnotation(WireName.class);
    return name == null ? component.getName() : name.value();
  }

  private static Optional<Class<? extends Record>> struct(Type type) {
    return type instanceof Class<?> c && c.isRecord()
        ? Optional.of(c.asSubclass(Record.class))
        : Optional.empty();
  }

  private static Optional<Class<? extends Record>> element(Type type) {
    return type instanceof ParameterizedType p && p.getRawType() == List.class
        ? struct(p.getActualTypeArguments()[0])
        : Optional.empty();
  }
}
