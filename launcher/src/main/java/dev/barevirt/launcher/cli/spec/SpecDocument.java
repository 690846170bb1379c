package dev.barevirt.launcher.cli.spec;

import dev.barevirt.launcher.cli.output.CliFailure;
import dev.barevirt.launcher.cli.output.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A manifest while flags are written into it: nested maps and lists, addressed by dotted paths such
 * as {@code spec.domain.devices.disks[0].name}. What a path leads through is made when it is
 * missing.
 */
public final class SpecDocument {
  private static final int MAX_INDEX = 1_000;
  private static final Pattern SEGMENT =
      Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)((?:\\[\\d{1,4}])*)");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,4})]");

  private final Map<String, Object> root;

  private SpecDocument(Map<String, Object> root) {
    this.root = root;
  }

  /** A manifest that says no more than what it is. */
  public static SpecDocument empty() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("apiVersion", "kubevirt.io/v1");
    root.put("kind", "VirtualMachineInstance");
    root.put("metadata", new LinkedHashMap<String, Object>());
    root.put("spec", new LinkedHashMap<String, Object>());
    return new SpecDocument(root);
  }

  /** A manifest that was read; copied, so that the given tree stays as it is. */
  public static SpecDocument of(Map<?, ?> tree) {
    return new SpecDocument(copyMap(tree));
  }

  /** The manifest as maps, lists and scalars. */
  public Map<String, Object> tree() {
    return copyMap(root);
  }

  /** Sets a value, replacing what was there. */
  public void put(String path, Object value) {
    new Cursor(path).write(copy(value));
  }

  /** Sets a value unless one is there. */
  public void putIfAbsent(String path, Object value) {
    if (get(path).isEmpty()) {
      put(path, value);
    }
  }

  /** Appends to the list at a path. */
  public void add(String path, Object value) {
    List<Object> items = new ArrayList<>(list(path));
    items.add(value);
    put(path, items);
  }

  /** The value at a path, if all of the path is there. */
  public Optional<Object> get(String path) {
    return Optional.ofNullable(new Cursor(path).read());
  }

  /** The string at a path, if there is one. */
  public Optional<String> text(String path) {
    return get(path).map(Object::toString);
  }

  /** The list at a path, empty when there is none. */
  public List<?> list(String path) {
    return get(path).orElse(List.of()) instanceof List<?> list ? list : List.of();
  }

  /** The names of the entries of a list, in its order. */
  public List<String> names(String path) {
    return list(path).stream().flatMap(entry -> name(entry).stream()).toList();
  }

  /** The entry of a list that has a name, if there is one. */
  Optional<Map<?, ?>> named(String path, String name) {
    for (Object entry : list(path)) {
      if (entry instanceof Map<?, ?> map && name.equals(map.get("name"))) {
        return Optional.of(map);
      }
    }
    return Optional.empty();
  }

  /** Takes the entry that has a name out of a list. */
  void remove(String path, String name) {
    put(
        path,
        list(path).stream()
            .filter(entry -> !name(entry).equals(Optional.of(name)))
            .map(Object.class::cast)
            .toList());
  }

  private static Optional<String> name(Object entry) {
    return entry instanceof Map<?, ?> map && map.get("name") instanceof String name
        ? Optional.of(name)
        : Optional.empty();
  }

  /** An annotation, if there is one. */
  public Optional<String> annotation(String key) {
    return annotations().get(key) instanceof String note ? Optional.of(note) : Optional.empty();
  }

  /** Sets an annotation; its key may have dots in it. */
  public void annotate(String key, String value) {
    Map<String, Object> notes = annotations();
    notes.put(key, value);
    put("metadata.annotations", notes);
  }

  /** Removes an annotation. */
  void forget(String key) {
    Map<String, Object> notes = annotations();
    notes.remove(key);
    put("metadata.annotations", notes);
  }

  private Map<String, Object> annotations() {
    return get("metadata.annotations").orElse(Map.of()) instanceof Map<?, ?> notes
        ? copyMap(notes)
        : new LinkedHashMap<>();
  }

  /**
   * Applies {@code --set path=value}: true, false, null, whole numbers and JSON-quoted strings are
   * what they look like.
   */
  public void set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw CliFailure.usage(
              "--set '" + Text.printable(assignment) + "' is not of the form path=value")
          .advising("for example --set spec.domain.cpu.cores=2");
    }
    String path = assignment.substring(0, equals);
    String value = assignment.substring(equals + 1);
    if (value.equals("null")) {
      new Cursor(path).write(null);
    } else {
      put(path, scalar(value));
    }
  }

  private static Object scalar(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      case "{}" -> Map.of();
      case "[]" -> List.of();
      default -> {
        if (text.matches("-?(0|[1-9]\\d{0,17})")) {
          yield Long.valueOf(text);
        }
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        yield quoted ? text.substring(1, text.length() - 1) : text;
      }
    };
  }

  private static Object copy(Object value) {
    return switch (value) {
      case Map<?, ?> map -> copyMap(map);
      case List<?> list -> {
        List<Object> items = new ArrayList<>();
        list.forEach(item -> items.add(copy(item)));
        yield items;
      }
      default -> value;
    };
  }

  private static Map<String, Object> copyMap(Map<?, ?> map) {
    Map<String, Object> copied = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> copied.put(String.valueOf(key), value == null ? null : copy(value)));
    return copied;
  }

  /** Walks one path. */
  private final class Cursor {
    private final String path;
    private final List<Object> steps = new ArrayList<>(); // String: a key, Integer: an index

    Cursor(String path) {
      this.path = path;
      for (String segment : path.split("\\.(?![^\\[]*])", -1)) {
        Matcher matcher = SEGMENT.matcher(segment);
        if (!matcher.matches()) {
          throw CliFailure.usage("'" + Text.printable(path) + "' is not a path into a manifest")
              .advising("write it like spec.domain.devices.disks[0].name");
        }
        steps.add(matcher.group(1));
        INDEX
            .matcher(matcher.group(2))
            .results()
            .forEach(m -> steps.add(Integer.valueOf(m.group(1))));
      }
    }

    @Nullable Object read() {
      Object here = root;
      for (Object step : steps) {
        here = childOf(here, step);
        if (here == null) {
          return null;
        }
      }
      return here;
    }

    private static @Nullable Object childOf(Object parent, Object step) {
      return switch (step) {
        case Integer index when parent instanceof List<?> list && index < list.size() ->
            list.get(index);
        case String key when parent instanceof Map<?, ?> map -> map.get(key);
        default -> null;
      };
    }

    void write(@Nullable Object value) {
      Object here = root;
      for (int i = 0; i < steps.size() - 1; i++) {
        here = child(here, steps.get(i), steps.get(i + 1));
      }
      place(here, steps.getLast(), value);
    }

    private Object child(Object parent, Object step, Object next) {
      Object existing = childOf(parent, step);
      if (existing != null) {
        return existing;
      }
      Object made = next instanceof Integer ? new ArrayList<>() : new LinkedHashMap<>();
      place(parent, step, made);
      return made;
    }

    @SuppressWarnings("unchecked") // the trees are only ever made by this class
    private void place(Object parent, Object step, @Nullable Object value) {
      if (parent instanceof Map<?, ?> map && step instanceof String key) {
        if (value == null) {
          map.remove(key);
        } else {
          ((Map<String, Object>) map).put(key, value);
        }
      } else if (parent instanceof List<?> list && step instanceof Integer index && value != null) {
        placeInList((List<Object>) list, index, value);
      } else {
        throw CliFailure.usage(
            "'" + path + "' does not fit the manifest: '" + step + "' has no place there");
      }
    }

    private void placeInList(List<Object> list, int index, Object value) {
      if (index > list.size() || index > MAX_INDEX) {
        throw CliFailure.usage(
            "'" + path + "' skips entries: the list has " + list.size() + " so far");
      }
      if (index == list.size()) {
        list.add(value);
      } else {
        list.set(index, value);
      }
    }
  }
}
