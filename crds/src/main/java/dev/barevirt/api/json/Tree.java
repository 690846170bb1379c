package dev.barevirt.api.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document between text and records: plain values, each knowing where it was written. */
public sealed interface Tree {
  /** Where it was written. */
  Location at();

  /** What to call it in a message. */
  String kind();

  /** Named values in the order in which they were written. */
  record Struct(Map<String, Tree> fields, Location at) implements Tree {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /** Values in a row. */
  record Sequence(List<Tree> elements, Location at) implements Tree {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A text. */
  record Text(String value, Location at) implements Tree {
    private static final int SHOWN = 40;

    @Override
    public String kind() {
      String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
      return "the text \"" + shown.replaceAll("\\p{Cntrl}", " ") + "\"";
    }
  }

  /** A number. */
  record Numeral(BigDecimal value, Location at) implements Tree {
    @Override
    public String kind() {
      return "the number " + value;
    }

    /** The value as a long where it is one, else exactly. */
    Number plainNumber() {
      try {
        return value.longValueExact();
      } catch (ArithmeticException _) {
        return value;
      }
    }
  }

  /** True or false. */
  record Truth(boolean value, Location at) implements Tree {
    @Override
    public String kind() {
      return String.valueOf(value);
    }
  }

  /** Nothing, written down. */
  record Nothing(Location at) implements Tree {
    @Override
    public String kind() {
      return "null";
    }
  }

  /**
   * A tree of plain values: maps, lists, texts, numbers, truths and nulls. Anything else becomes
   * its text.
   */
  static Tree of(@Nullable Object plain) {
    return switch (plain) {
      case null -> new Nothing(Location.NOWHERE);
      case Map<?, ?> map -> {
        Map<String, Tree> fields = new LinkedHashMap<>();
        map.forEach((key, value) -> fields.put(String.valueOf(key), of(value)));
        yield new Struct(fields, Location.NOWHERE);
      }
      case Iterable<?> list -> {
        List<Tree> elements = new ArrayList<>();
        list.forEach(element -> elements.add(of(element)));
        yield new Sequence(elements, Location.NOWHERE);
      }
      case Boolean truth -> new Truth(truth, Location.NOWHERE);
      case BigDecimal number -> new Numeral(number, Location.NOWHERE);
      case Double number when !Double.isFinite(number) ->
          new Text(number.toString(), Location.NOWHERE);
      case Number number -> new Numeral(new BigDecimal(number.toString()), Location.NOWHERE);
      default -> new Text(plain.toString(), Location.NOWHERE);
    };
  }

  /** The same as plain values. */
  default @Nullable Object plain() {
    return switch (this) {
      case Struct struct -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        struct.fields().forEach((name, value) -> fields.put(name, value.plain()));
        yield fields;
      }
      case Sequence sequence -> {
        List<@Nullable Object> elements = new ArrayList<>();
        sequence.elements().forEach(element -> elements.add(element.plain()));
        yield elements;
      }
      case Text text -> text.value();
      case Numeral number -> number.plainNumber();
      case Truth truth -> truth.value();
      case Nothing _ -> null;
    };
  }
}
