package dev.barevirt.api.schema;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Goes through the fields that records describe, without any document. */
public final class SchemaWalker {
  private SchemaWalker() {}

  /** The fields of a record in their order. */
  public static List<SchemaField> fields(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    return Arrays.stream(components).map(SchemaField::of).toList();
  }

  /**
   * The field at a path such as {@code spec.domain.devices.disks.name}; an index or a key in
   * brackets is allowed and means nothing.
   */
  public static Optional<SchemaField> find(Class<? extends Record> type, String path) {
    Optional<Class<? extends Record>> at = Optional.of(type);
    Optional<SchemaField> found = Optional.empty();
    for (String step : path.replaceAll("\\[[^]]*]", "").split("\\.", -1)) {
      found =
          at.flatMap(
              struct ->
                  fields(struct).stream().filter(field -> field.name().equals(step)).findFirst());
      at = found.flatMap(SchemaField::struct);
    }
    return found;
  }

  /**
   * Visits every field below a record, each before its own fields. Paths are written with {@code
   * []} behind lists and maps.
   */
  public static void walk(Class<? extends Record> type, BiConsumer<String, SchemaField> visitor) {
    walk(type, "", new ArrayList<>(), visitor);
  }

  private static void walk(
      Class<? extends Record> type,
      String prefix,
      List<Class<?>> above,
      BiConsumer<String, SchemaField> visitor) {
    above.add(type);
    for (SchemaField field : fields(type)) {
      String many = field.multiplicity() == SchemaField.Multiplicity.ONE ? "" : "[]";
      String path = prefix + field.name() + many;
      visitor.accept(path, field);
      field
          .struct()
          .filter(struct -> !above.contains(struct))
          .ifPresent(struct -> walk(struct, path + ".", above, visitor));
    }
    above.removeLast();
  }
}
