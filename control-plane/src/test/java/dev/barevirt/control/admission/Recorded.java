package dev.barevirt.control.admission;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.rules.ClusterSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What another installation said about manifests, and what is compared of it. */
public final class Recorded {
  private Recorded() {}

  /** What came out: the defaulted specification, or the fields that are wrong. */
  public sealed interface Outcome {
    /** It was stored with these leaves. */
    record Accepted(Map<String, String> leaves) implements Outcome {}

    /** It was refused for these fields; none is named when a schema refused it. */
    record Refused(TreeSet<String> fields) implements Outcome {}
  }

  /** The cases by name. */
  public static Map<String, Map<?, ?>> cases() {
    Map<String, Map<?, ?>> cases = new LinkedHashMap<>();
    read(ClusterSettings.class, "admission.json", cases);
    read(Recorded.class, "others.json", cases);
    return cases;
  }

  private static void read(Class<?> beside, String name, Map<String, Map<?, ?>> into) {
    try (InputStream stream = beside.getResourceAsStream(name)) {
      String json =
          new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
      map(RecordReader.STRICT.readTree(json).orThrow().plain())
          .forEach((key, value) -> into.put(String.valueOf(key), map(value)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the other installation said. */
  public static Outcome verdict(Map<?, ?> recorded) {
    Map<?, ?> verdict = map(recorded.get("verdict"));
    return Boolean.TRUE.equals(verdict.get("accepted"))
        ? accepted(verdict.get("spec"))
        : refused(verdict.get("causes"));
  }

  /** A specification as it was stored. */
  public static Outcome accepted(@Nullable Object spec) {
    Map<String, String> leaves = new TreeMap<>();
    leaves("", spec, leaves);
    return new Outcome.Accepted(leaves);
  }

  /** The causes of a refusal. */
  public static Outcome refused(@Nullable Object causes) {
    TreeSet<String> fields = new TreeSet<>();
    if (causes instanceof List<?> list) {
      list.stream()
          .map(cause -> map(cause).get("field"))
          .filter(Objects::nonNull)
          .forEach(field -> fields.add(field.toString()));
    }
    return new Outcome.Refused(fields);
  }

  /** A value that is an object. */
  public static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static void leaves(String path, @Nullable Object value, Map<String, String> into) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach((key, child) -> leaves(path + "." + key, child, into));
      case List<?> list when !list.isEmpty() -> {
        for (int i = 0; i < list.size(); i++) {
          leaves(path + "[" + i + "]", list.get(i), into);
        }
      }
      case Map<?, ?> _ -> {
        if (!path.endsWith(".domain.devices") && !path.endsWith(".domain.resources")) {
          into.put(path, "{}");
        }
      }
      case List<?> _ -> {}
      case null -> {}
      default -> into.put(path, isGenerated(path) ? "generated" : value.toString());
    }
  }

  private static boolean isGenerated(String path) {
    return path.endsWith(".firmware.uuid") || path.endsWith(".firmware.serial");
  }
}
