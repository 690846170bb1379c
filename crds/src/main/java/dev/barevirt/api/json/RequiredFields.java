package dev.barevirt.api.json;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.json.RecordPlan.Field;
import dev.barevirt.api.rules.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the required fields a document lacks. Records cannot tell: they take absence for emptiness.
 */
public final class RequiredFields {
  private RequiredFields() {}

  /** What is missing from a document that is to become a record. */
  public static List<Violation> missing(Class<? extends Record> type, Tree tree) {
    List<Violation> missing = new ArrayList<>();
    look(new Shape.Struct(type), tree, FieldPath.ROOT, missing);
    return missing;
  }

  private static void look(Shape shape, Tree tree, FieldPath path, List<Violation> missing) {
    switch (shape) {
      case Shape.Struct(Class<? extends Record> type) when tree instanceof Tree.Struct struct ->
          struct(RecordPlan.of(type), struct, path, missing);
      case Shape.ListOf(Shape element) when tree instanceof Tree.Sequence list -> {
        for (int i = 0; i < list.elements().size(); i++) {
          look(element, list.elements().get(i), path.index(i), missing);
        }
      }
      case Shape.MapOf(Shape element) when tree instanceof Tree.Struct(var entries, Location _) ->
          entries.forEach((key, child) -> look(element, child, path.key(key), missing));
      case Shape.OneOf(Class<?> _, String discriminator, var records)
          when tree instanceof Tree.Struct struct
              && struct.fields().get(discriminator) instanceof Tree.Text kind
              && records.containsKey(kind.value()) ->
          struct(RecordPlan.of(records.get(kind.value())), struct, path, missing);
      case Shape.Struct _, Shape.ListOf _, Shape.MapOf _, Shape.OneOf _ -> {}
      case Shape.Scalar _, Shape.Word _ -> {}
    }
  }

  private static void struct(
      RecordPlan plan, Tree.Struct struct, FieldPath path, List<Violation> missing) {
    Map<String, Tree> written = struct.fields();
    for (Field field : plan.fields().values()) {
      FieldPath place = path.field(field.name());
      Tree child = written.get(field.name());
      if (child != null && !(child instanceof Tree.Nothing)) {
        look(field.shape(), child, place, missing);
      } else if (field.required()) {
        missing.add(Violation.required(place, place + " in body is required"));
      }
    }
  }
}
