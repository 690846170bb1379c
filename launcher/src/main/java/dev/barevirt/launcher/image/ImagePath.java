package dev.barevirt.launcher.image;

import java.util.ArrayList;
import java.util.List;

/** Paths as archives write them, brought into one form. */
final class ImagePath {
  private static final int LONGEST = 4096;

  private ImagePath() {}

  /**
   * The absolute path inside the image, {@code /} for its root.
   *
   * @throws ImageException when it leads out of the image
   */
  static String normal(String written) {
    if (written.length() > LONGEST || written.indexOf('\0') >= 0) {
      throw ImageException.refused("an image holds a path that no file system takes");
    }
    List<String> parts = new ArrayList<>();
    for (String part : written.split("/", -1)) {
      if (part.equals("..")) {
        throw ImageException.refused(
            "an image holds the path \"%s\", which leads out of it".formatted(shown(written)));
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  /** The path without its last part. */
  static String parent(String normal) {
    int slash = normal.lastIndexOf('/');
    return slash <= 0 ? "/" : normal.substring(0, slash);
  }

  /** The last part. */
  static String name(String normal) {
    return normal.substring(normal.lastIndexOf('/') + 1);
  }

  /** For a message: nothing that could steer a terminal, and not too long. */
  static String shown(String path) {
    String printable = path.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return printable.length() <= 80 ? printable : printable.substring(0, 80) + "…";
  }
}
