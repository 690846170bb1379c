package dev.barevirt.api.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RecordWriter;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.v1.VirtualMachineInstance;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What launcher, command line and agent say to each other, with every field. The golden is what was
 * on the wire once: a launcher of yesterday still runs guests today, so it must stay understood.
 * Write it anew, with {@code -Dgolden=write}, when a release adds to the contract.
 */
class ContractTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "contract.json");
  private static final Set<Class<?>> WHOLE_NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final Set<Class<?>> TRUTHS = Set.of(boolean.class, Boolean.class);
  private static final Set<Class<?>> NUMBERS = Set.of(double.class, Double.class);

  static Stream<Class<? extends Record>> messages() {
    return Stream.of(
            Stream.of(LauncherCommand.class.getPermittedSubclasses()),
            Stream.of(LauncherEvent.class.getPermittedSubclasses()),
            Stream.of(GuestReport.class, LauncherHello.class))
        .flatMap(types -> types)
        .map(type -> type.asSubclass(Record.class));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyFieldSurvivesAndAnUnknownOneIsSkipped(Class<? extends Record> type) {
    Map<String, Object> message = message(type);
    String json = RecordWriter.toJson(message);

    Record strict = RecordReader.STRICT.read(type, json).orThrow();
    assertThat(RecordWriter.toJson(strict)).isEqualTo(json);
    message.put("ofTomorrow", List.of(1));
    assertThat(RecordReader.LENIENT.read(type, RecordWriter.toJson(message)).orThrow())
        .isEqualTo(strict);
  }

  @Test
  void whatWasWrittenOnceIsStillUnderstood() throws IOException {
    if ("write".equals(System.getProperty("golden"))) {
      Map<String, Object> all = new LinkedHashMap<>();
      messages().forEach(type -> all.put(type.getSimpleName(), message(type)));
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, RecordWriter.toPrettyJson(all) + "\n");
    }
    Tree golden = RecordReader.STRICT.readTree(Files.readString(GOLDEN)).orThrow();
    Map<?, ?> written = (Map<?, ?>) Objects.requireNonNull(golden.plain());

    messages()
        .filter(type -> written.containsKey(type.getSimpleName()))
        .forEach(
            type -> {
              Object old = Objects.requireNonNull(written.get(type.getSimpleName()));
              Record read = RecordReader.LENIENT.read(type, Tree.of(old)).orThrow();
              assertKept(type.getSimpleName(), old, RecordWriter.plain(read));
            });
  }

  private static void assertKept(String path, Object old, @Nullable Object now) {
    switch (old) {
      case Map<?, ?> fields -> {
        assertThat(now).as(path).isInstanceOf(Map.class);
        fields.forEach(
            (name, value) -> assertKept(path + "." + name, value, ((Map<?, ?>) now).get(name)));
      }
      case List<?> list -> {
        assertThat(now).as(path).isInstanceOf(List.class);
        assertKept(path, list.getFirst(), ((List<?>) now).getFirst());
      }
      default -> assertThat(String.valueOf(now)).as(path).isEqualTo(old.toString());
    }
  }

  private static Map<String, Object> message(Class<? extends Record> type) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      fields.put(component.getName(), value(component.getGenericType()));
    }
    return fields;
  }

  private static Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? List.of(value(arguments[0]))
          : Map.of("key", value(arguments[1]));
    }
    Class<?> plain = (Class<?>) type;
    if (plain == VirtualMachineInstance.class) {
      return RecordWriter.plain(VirtualMachineInstance.EMPTY);
    }
    if (plain.isRecord()) {
      return message(plain.asSubclass(Record.class));
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[0].toString();
    }
    if (WHOLE_NUMBERS.contains(plain)) {
      return 7;
    }
    if (NUMBERS.contains(plain)) {
      return 0.5;
    }
    return TRUTHS.contains(plain) ? (Object) true : "text";
  }
}
