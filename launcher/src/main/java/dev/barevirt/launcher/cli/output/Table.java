package dev.barevirt.launcher.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Renders rows as left-aligned columns, two spaces apart, without trailing blanks; pure. */
final class Table {
  private static final String EMPTY_CELL = "-";

  private Table() {}

  static <T> List<String> render(List<Column<T>> columns, List<T> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(columns.stream().map(Column::header).toList());
    for (T row : rows) {
      cells.add(columns.stream().map(column -> printable(column.cell().apply(row))).toList());
    }
    int[] widths = new int[columns.size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return cells.stream().map(line -> align(line, widths)).toList();
  }

  private static String align(List<String> line, int[] widths) {
    var text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = line.get(i);
      text.append(cell);
      if (i < widths.length - 1) {
        text.repeat(' ', widths[i] - cell.length() + 2);
      }
    }
    return text.toString().stripTrailing();
  }

  private static String printable(String cell) {
    return cell.isEmpty() ? EMPTY_CELL : Text.printable(cell);
  }
}
