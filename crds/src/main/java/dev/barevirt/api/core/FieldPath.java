package dev.barevirt.api.core;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where in a document a field is, written as {@code spec.volumes[0].name}. */
public final class FieldPath {
  /** The whole document. */
  public static final FieldPath ROOT = new FieldPath(null, "");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");
  private static final int LONGEST_KEY = 100;

  private final @Nullable FieldPath parent;
  private final String step;

  private FieldPath(@Nullable FieldPath parent, String step) {
    this.parent = parent;
    this.step = step;
  }

  /** The path of fields, one below the other. */
  public static FieldPath of(String... fields) {
    FieldPath path = ROOT;
    for (String field : fields) {
      path = path.field(field);
    }
    return path;
  }

  /** A field of this object. */
  public FieldPath field(String name) {
    return new FieldPath(this, "." + name);
  }

  /** An element of this list. */
  public FieldPath index(int index) {
    return new FieldPath(this, "[" + index + "]");
  }

  /** An entry of this map; a key a user made up is cut to a sane length. */
  public FieldPath key(String key) {
    if (PLAIN.matcher(key).matches()) {
      return field(key);
    }
    String shown = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key;
    return new FieldPath(this, "[" + printable(shown) + "]");
  }

  private static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '\ufffd' : c));
    return shown.toString();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    write(text);
    return !text.isEmpty() && text.charAt(0) == '.' ? text.substring(1) : text.toString();
  }

  private void write(StringBuilder text) {
    if (parent != null) {
      parent.write(text);
    }
    text.append(step);
  }
}
