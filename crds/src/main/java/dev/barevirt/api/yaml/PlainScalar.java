package dev.barevirt.api.yaml;

import dev.barevirt.api.json.Location;
import dev.barevirt.api.json.Tree;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a word without quotes means. As kubectl reads it, which is YAML 1.1 in parts: {@code on} is
 * true and {@code 010} is eight.
 */
final class PlainScalar {
  private static final int LONGEST = 100;
  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Pattern WHOLE =
      Pattern.compile("([-+]?)(?:0x([0-9a-fA-F]+)|0b([01]+)|0o?([0-7]+)|([1-9][0-9]*|0))");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,9})?");

  private static final Pattern DATE_OR_SIXTIES =
      Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[-+]?[0-9_]+(:[0-9]{1,2})+(\\.[0-9_]*)?");

  private PlainScalar() {}

  /** The value of a plain word. */
  static Tree tree(String word, Location at) {
    if (NOTHING.contains(word)) {
      return new Tree.Nothing(at);
    }
    if (TRUE.contains(word) || FALSE.contains(word)) {
      return new Tree.Truth(TRUE.contains(word), at);
    }
    return number(word)
        .<Tree>map(number -> new Tree.Numeral(number, at))
        .orElseGet(() -> new Tree.Text(word, at));
  }

  /**
   * Whether a text means the same without quotes, to us and to readers that take {@code 12:34:56}
   * for a number and dates for dates.
   */
  static boolean isText(String word) {
    return tree(word, Location.NOWHERE) instanceof Tree.Text
        && !DATE_OR_SIXTIES.matcher(word).matches();
  }

  private static Optional<BigDecimal> number(String word) {
    if (word.length() > LONGEST || !startsLikeANumber(word)) {
      return Optional.empty();
    }
    Matcher whole = WHOLE.matcher(word.replace("_", ""));
    if (whole.matches()) {
      BigInteger value =
          radix(whole, 2, 16)
              .or(() -> radix(whole, 3, 2))
              .or(() -> radix(whole, 4, 8))
              .orElseGet(() -> new BigInteger(whole.group(5)));
      return Optional.of(new BigDecimal(whole.group(1).equals("-") ? value.negate() : value));
    }
    return FRACTION.matcher(word).matches() ? Optional.of(new BigDecimal(word)) : Optional.empty();
  }

  private static boolean startsLikeANumber(String word) {
    char first = word.charAt(0);
    return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
  }

  private static Optional<BigInteger> radix(Matcher number, int group, int radix) {
    return Optional.ofNullable(number.group(group)).map(digits -> new BigInteger(digits, radix));
  }
}
