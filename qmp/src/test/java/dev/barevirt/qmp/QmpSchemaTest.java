package dev.barevirt.qmp;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.barevirt.qmp.event.EventReader;
import dev.barevirt.qmp.event.QmpEvent;
import dev.barevirt.qmp.event.Unknown;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.RecordJson;
import dev.barevirt.qmp.wire.UnixSockets;
import dev.barevirt.qmp.wire.WireEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every command, reply and event record against what the supported QEMUs say of themselves: a
 * misspelt member would otherwise never be noticed.
 */
final class QmpSchemaTest {
  /** What only one of the two has, by command or event and member. */
  private static final Set<String> ONLY_IN_NEWER =
      Set.of(
          "blockdev-set-active",
          "device-sync-config",
          "query-audiodevs",
          "migrate.channels",
          "migrate-incoming.channels",
          "migrate-incoming.exit-on-error",
          "query-machines.acpi",
          "query-block.inserted.active",
          "query-named-block-nodes.active",
          "BLOCK_IO_ERROR.qom-path");

  /** Marks a value whose inside the caller decides. */
  private static final String FREE = "free-form";

  private final List<QmpSchema> schemas = QmpSchema.all();
  private final List<String> faults = new ArrayList<>();

  @Test
  void argumentsAreWhatQemuTakes() throws Exception {
    List<Class<?>> commands = records(QmpCommand.class, "dev.barevirt.qmp.command");
    assertThat(commands).hasSizeGreaterThan(110);
    for (Class<?> type : commands) {
      QmpCommand<?> command = (QmpCommand<?>) sample(type.asSubclass(Record.class));
      for (QmpSchema schema : schemas) {
        schema
            .arguments(command.wireName())
            .ifPresentOrElse(
                t -> {
                  checkLists(schema, type, command, t);
                  String at = schema.version() + " " + command.wireName();
                  checkValue(schema, at, command.wireName(), command.arguments(), t);
                },
                () -> missing(schema, command.wireName()));
      }
      command.descriptors().forEach(OwnedFd::close);
    }
    assertThat(faults).isEmpty();
  }

  /** An empty list is written, so that one which may be left out has to be nullable. */
  private void checkLists(
      QmpSchema schema, Class<?> record, QmpCommand<?> command, QmpSchema.Type arguments) {
    List<String> names = RecordJson.wireNames(record.asSubclass(Record.class));
    RecordComponent[] components = record.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      String name = names.get(i);
      QmpSchema.Member member = arguments.members().get(name);
      if (component.getType() == List.class && member != null) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        String path = command.wireName() + "." + name;
        expect(nullable == member.optional(), schema, path, "is optional where it is nullable");
      }
    }
  }

  @Test
  void repliesAreWhatQemuReturns() throws Exception {
    for (Class<?> type : records(QmpCommand.class, "dev.barevirt.qmp.command")) {
      QmpCommand<?> command = (QmpCommand<?>) sample(type.asSubclass(Record.class));
      String name = command.wireName();
      for (QmpSchema schema : schemas) {
        schema
            .returned(name)
            .ifPresent(
                t -> {
                  switch (command.replyType()) {
                    case ReplyType.OfRecord<?> r -> checkRecord(schema, name, r.type(), t);
                    case ReplyType.OfList<?> l -> {
                      expect(t.kind().equals("array"), schema, name, "is no list");
                      checkRecord(schema, name, l.type(), t.element());
                    }
                    case ReplyType.OfText _ ->
                        expect(t.builtin().equals("string"), schema, name, "returns no string");
                    case ReplyType.OfNothing _ ->
                        expect(t.members().isEmpty(), schema, name, "returns something");
                    case ReplyType.OfJson _ -> {}
                  }
                });
      }
      command.descriptors().forEach(OwnedFd::close);
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyEventOfEveryQemuHasItsRecord() {
    for (QmpSchema schema : schemas) {
      for (String name : schema.events()) {
        QmpEvent event = EventReader.read(new WireEvent(name, RawJson.EMPTY_OBJECT, 0, 0));
        if (event instanceof Unknown) {
          faults.add(schema.version() + " " + name + " is unknown");
        } else {
          checkRecord(
              schema,
              name,
              event.getClass().asSubclass(Record.class),
              schema.data(name).orElseThrow());
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyEventRecordIsReadFromSomeEvent() {
    Set<Class<?>> read = new HashSet<>();
    for (QmpSchema schema : schemas) {
      for (String name : schema.events()) {
        read.add(EventReader.read(new WireEvent(name, RawJson.EMPTY_OBJECT, 0, 0)).getClass());
      }
    }
    read.add(Unknown.class);
    assertThat(read).containsExactlyInAnyOrder(QmpEvent.class.getPermittedSubclasses());
  }

  private void missing(QmpSchema schema, String what) {
    expect(
        schema == schemas.getFirst() && ONLY_IN_NEWER.contains(what), schema, what, "is not there");
  }

  private void expect(boolean truth, QmpSchema schema, String at, String fault) {
    if (!truth) {
      faults.add(schema.version() + " " + at + " " + fault);
    }
  }

  /** A value we send against the type QEMU takes. */
  private void checkValue(
      QmpSchema schema, String at, String path, Json value, QmpSchema.Type type) {
    if (value.members().containsKey(FREE)) {
      return;
    }
    switch (type.kind()) {
      case "builtin" -> {
        boolean fits =
            switch (type.builtin()) {
              case "string" -> value instanceof Json.Text;
              case "int" -> value instanceof Json.Numeric n && n.value() instanceof Long;
              case "number" -> value instanceof Json.Numeric;
              case "boolean" -> value instanceof Json.Bool;
              default -> true;
            };
        expect(fits, schema, at, "is no " + type.builtin() + ": " + value);
      }
      case "enum" -> expect(value instanceof Json.Text, schema, at, "is no string: " + value);
      case "array" -> {
        expect(value instanceof Json.Array, schema, at, "is no list: " + value);
        value.elements().forEach(e -> checkValue(schema, at + "[]", path, e, type.element()));
      }
      case "object" -> checkObject(schema, at, path, value, type);
      default -> {}
    }
  }

  private void checkObject(
      QmpSchema schema, String at, String path, Json value, QmpSchema.Type type) {
    Map<String, QmpSchema.Member> members = type.members();
    value
        .members()
        .forEach(
            (name, v) -> {
              QmpSchema.Member member = members.get(name);
              if (member == null) {
                missing(schema, path + "." + name);
              } else {
                checkValue(schema, at + "." + name, path + "." + name, v, member.type());
              }
            });
    for (QmpSchema.Member member : members.values()) {
      boolean given = member.optional() || value.members().containsKey(member.name());
      expect(given, schema, at, "lacks " + member.name());
    }
  }

  /** A record we read into against the type QEMU returns. */
  private void checkRecord(
      QmpSchema schema, String path, Class<? extends Record> record, QmpSchema.Type type) {
    if (!type.kind().equals("object")) {
      expect(false, schema, path, "is no object");
      return;
    }
    Map<String, QmpSchema.Member> members = type.members();
    List<String> names = RecordJson.wireNames(record);
    RecordComponent[] components = record.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      String name = names.get(i);
      QmpSchema.Member member =
          Optional.ofNullable(members.get(name)).orElse(members.get(name.replace('-', '_')));
      boolean rest = components[i].getGenericType() == Json.class;
      if (member == null && !rest) {
        missing(schema, path + "." + name);
      } else if (member != null) {
        checkComponent(schema, path + "." + name, components[i], member);
      }
    }
  }

  private void checkComponent(
      QmpSchema schema, String path, RecordComponent component, QmpSchema.Member member) {
    Class<?> raw = component.getType();
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    boolean needsNull =
        raw.isRecord() || raw == Long.class || raw == Integer.class || raw == Boolean.class;
    expect(!needsNull || nullable, schema, path, "may be absent and is not @Nullable");
    boolean number = raw == long.class || raw == int.class || raw == double.class;
    expect(!number || !member.optional(), schema, path, "is optional and has no absent value");
    checkRead(schema, path, component.getGenericType(), member.type());
  }

  private void checkRead(QmpSchema schema, String path, Type java, QmpSchema.Type type) {
    if (java == Json.class) {
      return;
    }
    if (java instanceof ParameterizedType p && p.getRawType() == List.class) {
      expect(type.kind().equals("array"), schema, path, "is no list");
      checkRead(schema, path, p.getActualTypeArguments()[0], type.element());
      return;
    }
    Class<?> c = (Class<?>) java;
    if (c.isRecord()) {
      checkRecord(schema, path, c.asSubclass(Record.class), type);
    } else if (c.isEnum()) {
      Set<String> ours = new TreeSet<>();
      Arrays.stream(c.getEnumConstants()).forEach(e -> ours.add(RecordJson.wireName((Enum<?>) e)));
      Set<String> theirs = new TreeSet<>(type.enumValues());
      theirs.removeAll(ours);
      expect(type.kind().equals("enum"), schema, path, "is no enum");
      expect(theirs.isEmpty(), schema, path, "also has the values " + theirs);
    } else {
      String wanted =
          Map.of(
                  "String", "string",
                  "long", "int",
                  "Long", "int",
                  "int", "int",
                  "Integer", "int",
                  "double", "number",
                  "boolean", "boolean",
                  "Boolean", "boolean")
              .getOrDefault(c.getSimpleName(), c.getSimpleName());
      String given = type.kind().equals("enum") ? "string" : type.builtin();
      expect(wanted.equals(given), schema, path, "is " + given + ", not " + wanted);
    }
  }

  /** A record with every component set. */
  private static Record sample(Class<? extends Record> type) throws Exception {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = sampleValue(components[i].getGenericType());
    }
    return type.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object sampleValue(Type type) throws Exception {
    if (type instanceof ParameterizedType p) {
      return List.of(sampleValue(p.getActualTypeArguments()[0]));
    }
    Class<?> c = (Class<?>) type;
    if (c.isEnum()) {
      return c.getEnumConstants()[0];
    }
    if (c.isRecord()) {
      return sample(c.asSubclass(Record.class));
    }
    return switch (c.getSimpleName()) {
      case "String" -> "text";
      case "long", "Long" -> 1L;
      case "int", "Integer" -> 1;
      case "boolean", "Boolean" -> true;
      case "Json" -> Json.object().with(FREE, true).build();
      case "OwnedFd" -> {
        UnixSockets.Pair pair = UnixSockets.pair();
        pair.there().close();
        yield pair.here();
      }
      default -> throw new IllegalStateException("no sample of " + c);
    };
  }

  private static List<Class<?>> records(Class<?> kind, String inPackage) {
    List<Class<?>> found = new ArrayList<>();
    for (JavaClass c :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(inPackage)) {
      if (c.isRecord() && c.isAssignableTo(kind)) {
        found.add(c.reflect());
      }
    }
    return found;
  }
}
