package dev.barevirt.launcher.bench;

import java.util.Locale;

/**
 * One measured number beside what it may be.
 *
 * @param name what was measured, and how
 * @param value the number
 * @param unit the number's unit
 * @param budget what it may be at most
 */
record Figure(String name, double value, String unit, double budget) {
  /** What stands above the lines. */
  static final String HEADER =
      String.format(Locale.ROOT, "%-62s %14s %14s  %s", "WHAT", "FIGURE", "BUDGET", "REACHED");

  /** One line of the table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-62s %9.2f %-4s %9.2f %-4s  %s",
        name,
        value,
        unit,
        budget,
        unit,
        value <= budget ? "yes" : "NO");
  }
}
