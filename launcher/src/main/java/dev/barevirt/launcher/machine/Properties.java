package dev.barevirt.launcher.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The typed members of a QEMU device, object or node, in order; a number is a number and never a
 * string. A member may be a host resource, whose members (an fd number, a path) are known only when
 * the machine is {@linkplain #resolve rendered}.
 */
public final class Properties {
  private static final Properties NONE = new Properties(Map.of());

  private final Map<String, Object> members;

  private Properties(Map<String, Object> members) {
    this.members = members;
  }

  /** No members. */
  public static Properties none() {
    return NONE;
  }

  /** One string member. */
  public static Properties of(String key, String value) {
    return NONE.with(key, value);
  }

  /** These members and a string; an absent value adds nothing. */
  public Properties with(String key, @Nullable String value) {
    return plus(key, value);
  }

  /** These members and an integer. */
  public Properties with(String key, long value) {
    return plus(key, value);
  }

  /** These members and an integer; an absent value adds nothing. */
  public Properties with(String key, @Nullable Long value) {
    return plus(key, value);
  }

  /** These members and a boolean. */
  public Properties with(String key, boolean value) {
    return plus(key, value);
  }

  /** These members and a boolean; an absent value adds nothing. */
  public Properties with(String key, @Nullable Boolean value) {
    return plus(key, value);
  }

  /** These members and an object. */
  public Properties with(String key, Properties value) {
    return plus(key, value);
  }

  /** These members and a list of strings, integers, booleans or objects. */
  public Properties with(String key, List<?> value) {
    return plus(key, List.copyOf(value));
  }

  /** These members and one that says null. */
  public Properties withNull(String key) {
    return plus(key, JsonNull.WRITTEN);
  }

  /** These members and those that give QEMU a host resource. */
  public Properties with(HostResource resource) {
    return plus("@" + resource.name(), resource);
  }

  /** These members and all of another's, which win. */
  public Properties with(Properties others) {
    LinkedHashMap<String, Object> all = new LinkedHashMap<>(members);
    all.putAll(others.members);
    return new Properties(Collections.unmodifiableMap(all));
  }

  private Properties plus(String key, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    LinkedHashMap<String, Object> all = new LinkedHashMap<>(members);
    all.put(key, value);
    return new Properties(Collections.unmodifiableMap(all));
  }

  /** The string member of that name; empty when there is none. */
  public String text(String key) {
    return members.get(key) instanceof String s ? s : "";
  }

  /** Whether a text occurs as a whole value, here or below. */
  public boolean mentions(String text) {
    return mentions(members.values(), text);
  }

  private static boolean mentions(Collection<?> values, String text) {
    return values.stream()
        .anyMatch(
            value ->
                switch (value) {
                  case String s -> s.equals(text);
                  case Properties nested -> nested.mentions(text);
                  case List<?> list -> mentions(list, text);
                  default -> false;
                });
  }

  /** The host resources named here and below, in order. */
  public List<HostResource> resources() {
    List<HostResource> found = new ArrayList<>();
    collect(members.values(), found);
    return List.copyOf(found);
  }

  private static void collect(Collection<?> values, List<HostResource> found) {
    for (Object value : values) {
      switch (value) {
        case HostResource resource -> found.add(resource);
        case Properties nested -> collect(nested.members.values(), found);
        case List<?> list -> collect(list, found);
        default -> {}
      }
    }
  }

  /**
   * The members as plain values (String, Long, Boolean, JsonNull, List, Map), with each host
   * resource replaced by what the dialect makes of it.
   */
  public Map<String, Object> resolve(Dialect dialect) {
    LinkedHashMap<String, Object> plain = new LinkedHashMap<>();
    members.forEach(
        (key, value) -> {
          if (value instanceof HostResource resource) {
            plain.putAll(dialect.members(resource).resolve(dialect));
          } else {
            plain.put(key, plainValue(value, dialect));
          }
        });
    return Collections.unmodifiableMap(plain);
  }

  private static Object plainValue(Object value, Dialect dialect) {
    return switch (value) {
      case Properties nested -> nested.resolve(dialect);
      case List<?> list -> list.stream().map(v -> plainValue(v, dialect)).toList();
      case Integer i -> i.longValue();
      default -> value;
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Properties p && p.members.equals(members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
