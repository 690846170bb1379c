package dev.barevirt.control.admission;

import dev.barevirt.api.json.Reading;
import dev.barevirt.api.json.RecordReader;
import dev.barevirt.api.json.RequiredFields;
import dev.barevirt.api.json.Tree;
import dev.barevirt.api.rules.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the API server asks about.
 *
 * @param uid what names the question
 * @param operation what is done
 * @param namespace where
 * @param name the object; empty while the server has not given it one
 * @param subresource what of it is written; empty when it is the object itself
 * @param user who does it
 * @param isTrial whether nothing is stored, so that nothing else may be written either
 * @param object the object as it would be; empty when it is deleted
 * @param old the object as it was; empty when it is created
 */
record Review(
    String uid,
    Operation operation,
    String namespace,
    String name,
    String subresource,
    String user,
    boolean isTrial,
    Map<?, ?> object,
    Map<?, ?> old) {

  /** What is done with an object. */
  enum Operation {
    /** It is made. */
    CREATE,
    /** It is changed. */
    UPDATE,
    /** It is taken away. */
    DELETE
  }

  /** Reads the question of an AdmissionReview. */
  static Review of(String json) {
    Object plain =
        switch (RecordReader.LENIENT.upTo(LARGEST).readTree(json)) {
          case Reading.Accepted<Tree>(Tree tree) -> tree.plain();
          case Reading.Refused<Tree>(List<Violation> violations) ->
              throw new UndecodableException(sentences(violations));
        };
    Map<?, ?> request = map(map(plain).get("request"));
    String uid = text(request.get("uid"));
    if (uid.isEmpty()) {
      throw new UndecodableException("there is no request with a uid");
    }
    return new Review(
        uid,
        operation(text(request.get("operation"))),
        text(request.get("namespace")),
        text(request.get("name")),
        text(request.get("subResource")),
        text(map(request.get("userInfo")).get("username")),
        Boolean.TRUE.equals(request.get("dryRun")),
        map(request.get("object")),
        map(request.get("oldObject")));
  }

  /** Two objects of the largest size that is stored, with what is around them. */
  static final int LARGEST = 8 << 20;

  private static Operation operation(String word) {
    return switch (word) {
      case "CREATE" -> Operation.CREATE;
      case "UPDATE" -> Operation.UPDATE;
      case "DELETE" -> Operation.DELETE;
      default -> throw new UndecodableException("there is no operation " + word);
    };
  }

  /** The object as a record. */
  <T extends Record> T object(Class<T> type) {
    return read(type, object);
  }

  /** Whether the object lacks what the schema demands, which defaults must not hide. */
  boolean isIncomplete(Class<? extends Record> type) {
    return !RequiredFields.missing(type, Tree.of(object)).isEmpty();
  }

  /** The object before as a record. */
  <T extends Record> T old(Class<T> type) {
    return read(type, old);
  }

  private static <T extends Record> T read(Class<T> type, Map<?, ?> object) {
    return switch (RecordReader.LENIENT.read(type, Tree.of(object))) {
      case Reading.Accepted<T>(T value) -> value;
      case Reading.Refused<T>(List<Violation> violations) ->
          throw new UndecodableException(sentences(violations));
    };
  }

  private static String sentences(List<Violation> violations) {
    return violations.stream().map(Violation::sentence).collect(Collectors.joining("; "));
  }

  static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  /** A question that cannot be read. */
  static final class UndecodableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecodableException(String message) {
      super(message);
    }
  }
}
