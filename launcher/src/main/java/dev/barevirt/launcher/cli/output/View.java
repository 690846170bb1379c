package dev.barevirt.launcher.cli.output;

import java.util.List;
import java.util.function.Function;

/**
 * How one kind of object is shown in every {@link Format}.
 *
 * @param name what {@code -o name} prints for a row
 * @param tree the row as maps, lists and scalars, for JSON and YAML
 * @param columns the table, left to right
 */
public record View<T>(Function<T, String> name, Function<T, Object> tree, List<Column<T>> columns) {
  /** Copies the columns. */
  public View {
    columns = List.copyOf(columns);
  }
}
