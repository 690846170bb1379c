package dev.barevirt.launcher.disk;

/** Makes a name that a user chose fit for one line of an error message. */
final class Printable {
  private static final int LONGEST = 160;

  private Printable() {}

  /** The text without control characters, cut in its middle when it is very long. */
  static String of(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
        .forEach(shown::appendCodePoint);
    if (shown.length() <= LONGEST) {
      return shown.toString();
    }
    return shown.substring(0, LONGEST / 2) + "…" + shown.substring(shown.length() - LONGEST / 3);
  }
}
