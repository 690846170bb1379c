package dev.barevirt.launcher.cli.output;

/** How objects are printed: {@code -o table|wide|json|yaml|name}. */
public enum Format {
  /** Aligned columns for people. */
  TABLE,
  /** The table with more columns. */
  WIDE,
  /** One JSON document. */
  JSON,
  /** One YAML document. */
  YAML,
  /** One name a line, for scripts. */
  NAME;

  /** The word used on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
