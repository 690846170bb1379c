package dev.barevirt.api.json;

import dev.barevirt.api.rules.Violation;
import java.util.List;

/**
 * Reads records from JSON or from a tree.
 *
 * <p>Whatever the text is, reading ends with a {@link Reading}: all that is wrong with the
 * document, each with its path and place, and never another exception. Values keep their words:
 * whether a word means anything is for the rules.
 */
public final class RecordReader {
  /** How many bytes a document has at most, unless a reader was made with another cap. */
  public static final long LARGEST = 4L << 20;

  /** Refuses what the records do not know: for what people write. */
  public static final RecordReader STRICT = new RecordReader(true, LARGEST);

  /** Skips what the records do not know: for what other versions of a program write. */
  public static final RecordReader LENIENT = new RecordReader(false, LARGEST);

  private final boolean strict;
  private final JsonText text;

  private RecordReader(boolean strict, long largest) {
    this.strict = strict;
    this.text = new JsonText(largest);
  }

  /** The same for documents of so many bytes at most. */
  public RecordReader upTo(long largest) {
    return new RecordReader(strict, largest);
  }

  /** Reads a record from JSON in UTF-8. */
  public <T extends Record> Reading<T> read(Class<T> type, byte[] json) {
    return bound(type, text.parse(json));
  }

  /** Reads a record from JSON. */
  public <T extends Record> Reading<T> read(Class<T> type, String json) {
    return bound(type, text.parse(json));
  }

  /** Reads JSON without looking at what it means. */
  public Reading<Tree> readTree(String json) {
    return text.parse(json);
  }

  private <T extends Record> Reading<T> bound(Class<T> type, Reading<Tree> parsed) {
    return switch (parsed) {
      case Reading.Accepted<Tree>(Tree tree) -> read(type, tree);
      case Reading.Refused<Tree>(List<Violation> violations) -> new Reading.Refused<>(violations);
    };
  }

  /** Reads a record from a tree. */
  public <T extends Record> Reading<T> read(Class<T> type, Tree tree) {
    return new TreeBinder(strict).bind(type, tree);
  }
}
