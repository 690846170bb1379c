package dev.barevirt.qmp;

import dev.barevirt.qmp.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Arguments that a schema allows, made up at random: optional members come and go, enums and
 * variants change, numbers and texts are anything. What nests deeper than a few levels has only
 * what it must have.
 */
final class RandomArguments {
  private static final int DEPTH = 4;
  private static final String LETTERS = "abcxyz019-_., \"\\\u00e4";

  private final Random random;

  RandomArguments(long seed) {
    this.random = new Random(seed);
  }

  /** Arguments of a command. */
  Json of(QmpSchema.Type type) {
    return value(type, 0);
  }

  private Json value(QmpSchema.Type type, int depth) {
    return switch (type.kind()) {
      case "builtin" -> builtin(type.builtin());
      case "enum" -> Json.of(one(List.copyOf(type.enumValues())));
      case "array" -> array(type.element(), depth);
      case "alternate" -> value(one(type.alternatives()), depth);
      default -> object(type, depth);
    };
  }

  private Json builtin(String jsonType) {
    return switch (jsonType) {
      case "string" -> Json.of(text());
      case "boolean" -> Json.of(random.nextBoolean());
      case "null" -> Json.parse("null");
      default -> Json.of(random.nextLong(100)); // every integer type has room for it
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private Json array(QmpSchema.Type element, int depth) {
    List<Json> elements = new ArrayList<>();
    for (int length = depth > DEPTH ? 0 : random.nextInt(3); length > 0; length--) {
      elements.add(value(element, depth + 1));
    }
    return Json.of(elements);
  }

  private Json object(QmpSchema.Type type, int depth) {
    Json.Builder object = Json.object();
    add(object, type, depth);
    return object.build();
  }

  private void add(Json.Builder object, QmpSchema.Type type, int depth) {
    String tag = type.tag();
    for (QmpSchema.Member member : type.ownMembers()) {
      if (member.name().equals(tag)) {
        String chosen = one(List.copyOf(member.type().enumValues()));
        object.with(tag, chosen);
        type.variant(chosen).ifPresent(variant -> add(object, variant, depth + 1));
      } else if (!member.optional() || (depth <= DEPTH && random.nextInt(3) == 0)) {
        object.with(member.name(), value(member.type(), depth + 1));
      }
    }
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
