package dev.barevirt.virtctl.flag;

import org.jspecify.annotations.Nullable;

/**
 * One flag that a command knows.
 *
 * @param name its long name, without dashes
 * @param letter its short name, or nothing
 * @param kind what it takes
 * @param fallback what it is when it is not given, as it would be written
 * @param summary what it does, in one line
 */
public record Flag(
    String name, @Nullable Character letter, Kind kind, String fallback, String summary) {

  /** What a flag takes. */
  public enum Kind {
    /** True or false; given alone it is true. */
    TRUTH("bool"),
    /** A whole number. */
    NUMBER("int"),
    /** A text. */
    TEXT("string"),
    /** A text each time it is given. */
    TEXTS("stringArray"),
    /** Texts with commas between them, each time it is given. */
    LIST("strings");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Its name in help. */
    public String word() {
      return word;
    }
  }

  /** A flag that is true when it is given. */
  public static Flag truth(String name, String summary) {
    return new Flag(name, null, Kind.TRUTH, "false", summary);
  }

  /** A flag that is true or false, with what it is when it is not given. */
  public static Flag truth(String name, boolean fallback, String summary) {
    return new Flag(name, null, Kind.TRUTH, String.valueOf(fallback), summary);
  }

  /** A flag with a whole number. */
  public static Flag number(String name, long fallback, String summary) {
    return new Flag(name, null, Kind.NUMBER, String.valueOf(fallback), summary);
  }

  /** A flag with a text. */
  public static Flag text(String name, String fallback, String summary) {
    return new Flag(name, null, Kind.TEXT, fallback, summary);
  }

  /** A flag with a text each time it is given. */
  public static Flag texts(String name, String summary) {
    return new Flag(name, null, Kind.TEXTS, "", summary);
  }

  /** A flag with texts between commas. */
  public static Flag list(String name, String summary) {
    return new Flag(name, null, Kind.LIST, "", summary);
  }

  /** The same with a short name too. */
  public Flag or(char shorter) {
    return new Flag(name, shorter, kind, fallback, summary);
  }

  /** How messages name it. */
  String shown() {
    return letter == null ? "--" + name : "-" + letter + ", --" + name;
  }
}
