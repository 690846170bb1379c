package dev.barevirt.api.json;

/**
 * A place in a text.
 *
 * @param line counted from 1; 0 when the value comes from no text
 * @param column counted from 1
 */
public record Location(int line, int column) {
  /** No place in any text. */
  public static final Location NOWHERE = new Location(0, 0);

  /** Words to end a message with; empty when there is no place. */
  public String suffix() {
    return line < 1 ? "" : " (line " + line + ", column " + column + ")";
  }
}
