package dev.barevirt.api.json;

import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.core.IntOrString;
import dev.barevirt.api.core.Quantity;
import dev.barevirt.api.json.RecordPlan.Field;
import dev.barevirt.api.rules.Violation;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts one tree into records and collects what does not fit; used once. */
final class TreeBinder {
  private static final int MOST_PROBLEMS = 50;
  private static final int LARGEST_EXPONENT = 20;

  private final boolean strict;
  private final List<Violation> problems = new ArrayList<>();

  TreeBinder(boolean strict) {
    this.strict = strict;
  }

  <T extends Record> Reading<T> bind(Class<T> type, Tree tree) {
    Record value = struct(type, tree, FieldPath.ROOT, null);
    if (problems.isEmpty() && value == null) {
      problems.add(Violation.required(FieldPath.ROOT, "the document is empty"));
    }
    return problems.isEmpty() && value != null
        ? new Reading.Accepted<>(type.cast(value))
        : new Reading.Refused<>(problems);
  }

  private void problem(Violation violation) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(violation);
    }
  }

  private @Nullable Object mismatch(FieldPath path, String expected, Tree found) {
    problem(
        Violation.invalid(
            path, "must be " + expected + ", not " + found.kind() + found.at().suffix()));
    return null;
  }

  private @Nullable Object value(Shape shape, Tree tree, FieldPath path, boolean unsigned) {
    if (tree instanceof Tree.Nothing && shape != Shape.Scalar.ANY) {
      return null;
    }
    return switch (shape) {
      case Shape.Scalar scalar -> scalar(scalar, tree, path, unsigned);
      case Shape.Word word -> word(word, tree, path);
      case Shape.Struct(Class<? extends Record> type) -> struct(type, tree, path, null);
      case Shape.OneOf family -> oneOf(family, tree, path);
      case Shape.ListOf(Shape element) -> list(element, tree, path);
      case Shape.MapOf(Shape element) -> map(element, tree, path);
    };
  }

  private @Nullable Record struct(
      Class<? extends Record> type, Tree tree, FieldPath path, @Nullable String discriminator) {
    if (!(tree instanceof Tree.Struct(Map<String, Tree> written, Location at))) {
      if (!(tree instanceof Tree.Nothing)) {
        mismatch(path, "an object", tree);
      }
      return null;
    }
    RecordPlan plan = RecordPlan.of(type);
    @Nullable Object[] arguments = new @Nullable Object[plan.fields().size()];
    plan.fields().values().forEach(field -> arguments[field.index()] = field.absent());
    written.forEach(
        (name, child) -> {
          Field field = plan.fields().get(name);
          if (field != null) {
            Object value = value(field.shape(), child, path.field(name), field.unsigned());
            arguments[field.index()] = value == null ? field.absent() : value;
          } else if (strict && !name.equals(discriminator)) {
            unknown(plan, name, child, path);
          }
        });
    return construct(plan, arguments, path, at);
  }

  private void unknown(RecordPlan plan, String name, Tree child, FieldPath path) {
    String hint =
        NearestName.of(name, plan.names())
            .map(known -> ", did you mean \"" + known + "\"?")
            .orElse("");
    problem(
        new Violation(
            path.key(name).toString(),
            Violation.UNKNOWN_FIELD,
            "unknown field" + hint + child.at().suffix()));
  }

  private @Nullable Record construct(
      RecordPlan plan, @Nullable Object[] arguments, FieldPath path, Location at) {
    Record value;
    try {
      value = plan.constructor().newInstance(arguments);
    } catch (InvocationTargetException e) {
      problem(Violation.invalid(path, "cannot be used: " + e.getCause() + at.suffix()));
      return null;
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException(plan.type() + " cannot be constructed", e);
    }
    for (Field field : plan.fields().values()) {
      if (!field.nullable() && field.of(value) == null) {
        problem(Violation.required(path.field(field.name()), "must be there" + at.suffix()));
      }
    }
    return value;
  }

  private @Nullable Object oneOf(Shape.OneOf family, Tree tree, FieldPath path) {
    if (!(tree instanceof Tree.Struct(Map<String, Tree> fields, Location at))) {
      return mismatch(path, "an object", tree);
    }
    String name = family.discriminator();
    if (!(fields.get(name) instanceof Tree.Text(String kind, Location where))) {
      problem(Violation.required(path.field(name), "must be a text" + at.suffix()));
      return null;
    }
    Class<? extends Record> type = family.records().get(kind);
    if (type == null) {
      notAWord(family.records().keySet().toString(), kind, path.field(name), where);
      return null;
    }
    return struct(type, tree, path, name);
  }

  private @Nullable Object word(Shape.Word word, Tree tree, FieldPath path) {
    if (!(tree instanceof Tree.Text(String written, Location at))) {
      return mismatch(path, "a text", tree);
    }
    Object constant = word.constants().get(written);
    if (constant == null && strict) {
      notAWord(word.constants().keySet().toString(), written, path, at);
    }
    return constant;
  }

  private void notAWord(String known, String written, FieldPath path, Location at) {
    String kind = new Tree.Text(written, at).kind();
    problem(
        Violation.notSupported(path, "must be one of " + known + ", not " + kind + at.suffix()));
  }

  private @Nullable Object list(Shape element, Tree tree, FieldPath path) {
    if (!(tree instanceof Tree.Sequence(List<Tree> elements, Location _))) {
      return mismatch(path, "a list", tree);
    }
    List<Object> values = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      FieldPath place = path.index(i);
      Tree child = elements.get(i);
      Object value = value(element, child, place, false);
      if (value != null) {
        values.add(value);
      } else if (strict && child instanceof Tree.Nothing) {
        problem(Violation.invalid(place, "must not be null" + child.at().suffix()));
      }
    }
    return values;
  }

  private @Nullable Object map(Shape element, Tree tree, FieldPath path) {
    if (!(tree instanceof Tree.Struct(Map<String, Tree> fields, Location _))) {
      return mismatch(path, "an object", tree);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    fields.forEach(
        (key, child) -> {
          Object value = value(element, child, path.key(key), false);
          if (value != null) {
            values.put(key, value);
          }
        });
    return values;
  }

  private @Nullable Object scalar(
      Shape.Scalar scalar, Tree tree, FieldPath path, boolean unsigned) {
    return switch (scalar) {
      case TEXT -> text(tree, path);
      case TRUTH ->
          tree instanceof Tree.Truth truth ? truth.value() : mismatch(path, "true or false", tree);
      case INT -> {
        Long whole = whole(tree, path, unsigned ? 0 : Integer.MIN_VALUE, Integer.MAX_VALUE);
        yield whole == null ? null : Math.toIntExact(whole);
      }
      case LONG -> whole(tree, path, unsigned ? 0 : Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE ->
          tree instanceof Tree.Numeral number
              ? (Object) number.value().doubleValue()
              : mismatch(path, "a number", tree);
      case QUANTITY -> quantity(tree, path);
      case INSTANT -> instant(tree, path);
      case INT_OR_STRING -> {
        if (tree instanceof Tree.Text text) {
          yield IntOrString.of(text.value());
        }
        Long whole = whole(tree, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
        yield whole == null ? null : IntOrString.of(Math.toIntExact(whole));
      }
      case ANY -> tree.plain();
    };
  }

  private @Nullable Object text(Tree tree, FieldPath path) {
    return switch (tree) {
      case Tree.Text text -> text.value();
      case Tree.Numeral _, Tree.Truth _ -> mismatch(path, "a text in quotes", tree);
      case Tree.Struct _, Tree.Sequence _, Tree.Nothing _ -> mismatch(path, "a text", tree);
    };
  }

  private @Nullable Long whole(Tree tree, FieldPath path, long least, long most) {
    if (tree instanceof Tree.Numeral number && isWhole(number.value())) {
      BigDecimal value = number.value();
      if (value.compareTo(BigDecimal.valueOf(least)) >= 0
          && value.compareTo(BigDecimal.valueOf(most)) <= 0) {
        return value.longValueExact();
      }
      mismatch(path, "between " + least + " and " + most, tree);
      return null;
    }
    mismatch(path, "a whole number", tree);
    return null;
  }

  /** Whether it is a whole number, found out without writing out a huge exponent. */
  private static boolean isWhole(BigDecimal value) {
    return value.signum() == 0
        || (value.precision() - value.scale() <= LARGEST_EXPONENT
            && value.scale() <= LARGEST_EXPONENT
            && value.stripTrailingZeros().scale() <= 0);
  }

  private @Nullable Object quantity(Tree tree, FieldPath path) {
    String written =
        switch (tree) {
          case Tree.Text text -> text.value();
          case Tree.Numeral number -> number.value().toString();
          case Tree.Struct _, Tree.Sequence _, Tree.Truth _, Tree.Nothing _ -> "";
        };
    return Quantity.parse(written)
        .<@Nullable Object>map(quantity -> quantity)
        .orElseGet(() -> mismatch(path, "a quantity such as 500m or 1Gi", tree));
  }

  private @Nullable Object instant(Tree tree, FieldPath path) {
    if (tree instanceof Tree.Text text) {
      try {
        return OffsetDateTime.parse(text.value()).toInstant();
      } catch (DateTimeException _) {
        return mismatch(path, "a time such as " + Instant.EPOCH, tree);
      }
    }
    return mismatch(path, "a time such as " + Instant.EPOCH, tree);
  }
}
