package dev.barevirt.launcher.cli;

import java.util.Locale;

/** The names images get when nobody gives them one. */
final class ImageNames {
  private ImageNames() {}

  /** A reference keeps its own name; a file lends its own without its ending. */
  static String of(String source) {
    if (source.startsWith("docker://")) {
      return source.substring("docker://".length());
    }
    boolean path = source.matches("(oci|dir|(oci|docker)-archive):.*");
    return path ? ofFile(source.substring(source.indexOf(':') + 1)) : source;
  }

  /** {@code /images/Debian 13.qcow2} becomes {@code debian-13}. */
  static String ofFile(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    String bare =
        last.replaceFirst(":[A-Za-z0-9._-]+$", "")
            .replaceFirst("(\\.oci)?\\.[A-Za-z0-9]{2,6}$", "");
    String name = bare.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return name.replaceAll("^-+|-+$", "");
  }
}
