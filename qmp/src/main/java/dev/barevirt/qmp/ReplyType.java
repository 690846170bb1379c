package dev.barevirt.qmp;

import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.RecordJson;
import dev.barevirt.qmp.wire.WireException;
import java.util.List;

/**
 * How the reply to a command is read.
 *
 * @param <R> the Java type of the reply
 */
public sealed interface ReplyType<R> {
  /** Reads a reply. */
  R read(RawJson reply);

  /** Nothing of interest is returned. */
  static ReplyType<Nothing> nothing() {
    return new OfNothing();
  }

  /** An object. */
  static <T extends Record> ReplyType<T> of(Class<T> type) {
    return new OfRecord<>(type);
  }

  /** An array of objects. */
  static <T extends Record> ReplyType<List<T>> listOf(Class<T> type) {
    return new OfList<>(type);
  }

  /** A string. */
  static ReplyType<String> text() {
    return new OfText();
  }

  /** Any JSON. */
  static ReplyType<Json> json() {
    return new OfJson();
  }

  /** See {@link #nothing()}. */
  record OfNothing() implements ReplyType<Nothing> {
    @Override
    public Nothing read(RawJson reply) {
      return Nothing.NOTHING;
    }
  }

  /**
   * See {@link #of}.
   *
   * @param type the record
   */
  record OfRecord<T extends Record>(Class<T> type) implements ReplyType<T> {
    @Override
    public T read(RawJson reply) {
      return RecordJson.read(reply.tree(), type);
    }
  }

  /**
   * See {@link #listOf}.
   *
   * @param type the elements' record
   */
  record OfList<T extends Record>(Class<T> type) implements ReplyType<List<T>> {
    @Override
    public List<T> read(RawJson reply) {
      Json tree = reply.tree();
      if (!(tree instanceof Json.Array)) {
        throw new WireException.Malformed("expected a list of " + type.getSimpleName());
      }
      return tree.elements().stream().map(element -> RecordJson.read(element, type)).toList();
    }
  }

  /** See {@link #text()}. */
  record OfText() implements ReplyType<String> {
    @Override
    public String read(RawJson reply) {
      return reply.tree().text();
    }
  }

  /** See {@link #json()}. */
  record OfJson() implements ReplyType<Json> {
    @Override
    public Json read(RawJson reply) {
      return reply.tree();
    }
  }
}
