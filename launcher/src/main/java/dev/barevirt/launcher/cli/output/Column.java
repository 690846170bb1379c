package dev.barevirt.launcher.cli.output;

import java.util.function.Function;

/**
 * One column of a table.
 *
 * @param header what stands above it, in capitals
 * @param cell what stands in it for one row
 * @param wideOnly shown only with {@code -o wide}
 */
public record Column<T>(String header, Function<T, String> cell, boolean wideOnly) {
  /** A column that is always shown. */
  public static <T> Column<T> of(String header, Function<T, String> cell) {
    return new Column<>(header, cell, false);
  }

  /** A column shown only with {@code -o wide}. */
  public static <T> Column<T> wide(String header, Function<T, String> cell) {
    return new Column<>(header, cell, true);
  }
}
