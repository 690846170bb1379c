package dev.barevirt.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.barevirt.api.core.FieldPath;
import dev.barevirt.api.rules.Violation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON text to a tree, with caps on size and depth. */
final class JsonText {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NAME = 1024;
  private static final int LONGEST_NUMBER = 100;

  private final JsonFactory factory;
  private final long largest;

  JsonText(long largest) {
    this.largest = largest;
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxDocumentLength(largest)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength((int) Math.min(largest, Integer.MAX_VALUE))
                    .build())
            .build();
  }

  Reading<Tree> parse(byte[] json) {
    if (json.length > largest) {
      return tooLarge();
    }
    try (JsonParser parser = factory.createParser(json)) {
      return document(parser);
    } catch (IOException e) {
      return broken(e);
    }
  }

  Reading<Tree> parse(String json) {
    if (json.length() > largest) {
      return tooLarge();
    }
    try (JsonParser parser = factory.createParser(json)) {
      return document(parser);
    } catch (IOException e) {
      return broken(e);
    }
  }

  private Reading<Tree> document(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      return refused("the document is empty");
    }
    List<Violation> problems = new ArrayList<>();
    Tree tree = value(parser, FieldPath.ROOT, problems);
    if (parser.nextToken() != null) {
      problems.add(
          Violation.invalid(
              FieldPath.ROOT, "something follows the document" + at(parser).suffix()));
    }
    return problems.isEmpty() ? new Reading.Accepted<>(tree) : new Reading.Refused<>(problems);
  }

  private static Tree value(JsonParser parser, FieldPath path, List<Violation> problems)
      throws IOException {
    Location at = at(parser);
    return switch (parser.currentToken()) {
      case START_OBJECT -> struct(parser, path, at, problems);
      case START_ARRAY -> {
        List<Tree> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser, path.index(elements.size()), problems));
        }
        yield new Tree.Sequence(elements, at);
      }
      case VALUE_STRING -> new Tree.Text(parser.getText(), at);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree.Numeral(parser.getDecimalValue(), at);
      case VALUE_TRUE -> new Tree.Truth(true, at);
      case VALUE_FALSE -> new Tree.Truth(false, at);
      case VALUE_NULL -> new Tree.Nothing(at);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private static Tree struct(
      JsonParser parser, FieldPath path, Location at, List<Violation> problems) throws IOException {
    Map<String, Tree> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      Location where = at(parser);
      parser.nextToken();
      if (fields.put(name, value(parser, path.key(name), problems)) != null) {
        problems.add(Violation.duplicate(path.key(name), "is there twice" + where.suffix()));
      }
    }
    return new Tree.Struct(fields, at);
  }

  private static Location at(JsonParser parser) {
    return location(parser.currentTokenLocation());
  }

  private static Location location(JsonLocation place) {
    return new Location(place.getLineNr(), place.getColumnNr());
  }

  private Reading<Tree> tooLarge() {
    return refused("the document has more than " + largest + " bytes");
  }

  private static Reading<Tree> broken(IOException e) {
    if (e instanceof JsonProcessingException wrong) {
      JsonLocation place = wrong.getLocation();
      String where = place == null ? "" : location(place).suffix();
      return refused("not JSON: " + wrong.getOriginalMessage() + where);
    }
    return refused("not JSON: " + e.getMessage());
  }

  private static Reading<Tree> refused(String message) {
    return new Reading.Refused<>(List.of(Violation.invalid(FieldPath.ROOT, message)));
  }
}
