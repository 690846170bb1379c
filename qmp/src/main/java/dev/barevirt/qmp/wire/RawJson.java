package dev.barevirt.qmp.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One JSON value still in its bytes: what travels through the router, which reads only the envelope
 * around it. Whoever wants the value parses it on a thread of their own.
 */
public final class RawJson {
  /** An object without members. */
  public static final RawJson EMPTY_OBJECT = of("{}");

  /** The JSON value {@code null}. */
  public static final RawJson NULL = of("null");

  /** How deep values may nest, from either side. */
  static final int DEEPEST = 64;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
          .build();

  private final byte[] buffer;
  private final int offset;
  private final int length;

  private RawJson(byte[] buffer, int offset, int length) {
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
  }

  /** A value given as text; it is not checked before it is parsed. */
  public static RawJson of(String document) {
    return of(document.getBytes(StandardCharsets.UTF_8));
  }

  /** A value given as UTF-8 bytes, which now belong to it; not checked before parsed. */
  public static RawJson of(byte[] document) {
    return new RawJson(document, 0, document.length);
  }

  /** A tree, written out. */
  public static RawJson of(Json value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      value.write(out);
    } catch (IOException e) {
      throw new WireException.Malformed("write JSON", e);
    }
    return of(bytes.toByteArray());
  }

  static RawJson slice(byte[] buffer, int offset, int length) {
    return new RawJson(buffer, offset, length);
  }

  /** The value's size in bytes. */
  public int length() {
    return length;
  }

  /** The value's UTF-8 bytes, without anything around them. */
  public byte[] bytes() {
    return Arrays.copyOfRange(buffer, offset, offset + length);
  }

  /** The value as text. */
  public String text() {
    return new String(buffer, offset, length, StandardCharsets.UTF_8);
  }

  /** A streaming parser that stands before the value's first token. */
  public JsonParser parser() throws IOException {
    return FACTORY.createParser(buffer, offset, length);
  }

  /** The value as a tree. */
  public Json tree() {
    try (JsonParser parser = parser()) {
      parser.nextToken();
      Json value = Json.read(parser);
      if (parser.nextToken() != null) {
        throw new WireException.Malformed("more than one JSON value");
      }
      return value;
    } catch (IOException e) {
      throw new WireException.Malformed("read JSON", e);
    }
  }

  /** Whether this is the object without members, as this module writes it. */
  boolean isEmptyObject() {
    return length == 2 && buffer[offset] == '{' && buffer[offset + 1] == '}';
  }

  void appendTo(ByteArrayOutputStream out) {
    out.write(buffer, offset, length);
  }

  @Override
  public String toString() {
    return length <= 200
        ? text()
        : new String(buffer, offset, 200, StandardCharsets.UTF_8) + "… (" + length + " bytes)";
  }
}
