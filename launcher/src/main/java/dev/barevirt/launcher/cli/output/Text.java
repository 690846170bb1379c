package dev.barevirt.launcher.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Small pieces of text that are the same in every command. */
public final class Text {
  private static final String[] SIZE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Text() {}

  /**
   * Control characters made visible, so that what a guest or a file name says cannot drive the
   * terminal.
   */
  public static String printable(String text) {
    if (text.chars().noneMatch(Text::unsafe)) {
      return text;
    }
    var safe = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (unsafe(c)) {
                safe.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                safe.append((char) c);
              }
            });
    return safe.toString();
  }

  private static boolean unsafe(int c) {
    return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
  }

  /** Bytes in the largest binary unit that keeps a digit before the point: {@code 1.5 GiB}. */
  public static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < SIZE_UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String number =
        value == Math.rint(value)
            ? Long.toString((long) value)
            : String.format(Locale.ROOT, "%.1f", value);
    return number + " " + SIZE_UNITS[unit];
  }

  /** An age in its two largest words: {@code 45s}, {@code 3m}, {@code 5h}, {@code 12d}. */
  public static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86400 + "d";
  }

  /** Parses {@code 90}, {@code 90s}, {@code 5m} or {@code 1h}. */
  public static Duration duration(String text) {
    var matcher = java.util.regex.Pattern.compile("(\\d{1,9})(ms|s|m|h|)").matcher(text);
    if (!matcher.matches()) {
      throw CliFailure.usage(
          "'" + printable(text) + "' is not a duration; write 90s, 5m, 1h or 500ms");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofSeconds(count);
    };
  }

  /** {@code 1 disk}, {@code 3 disks}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
