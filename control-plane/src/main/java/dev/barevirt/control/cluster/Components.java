package dev.barevirt.control.cluster;

import java.util.List;

/**
 * How far the parts of an installation are.
 *
 * @param image the launchers' image, which says where all come from
 * @param missing parts that do not exist
 * @param unready parts that do not work yet
 */
record Components(String image, List<String> missing, List<String> unready) {
  private static final String LATEST = "latest";

  Components {
    missing = List.copyOf(missing);
    unready = List.copyOf(unready);
  }

  /** The version: the tag all images have. */
  String version() {
    int tag = image.lastIndexOf(':');
    return tag > image.lastIndexOf('/') ? image.substring(tag + 1) : LATEST;
  }

  /** Where all images come from. */
  String registry() {
    int path = image.lastIndexOf('/');
    return path < 0 ? "" : image.substring(0, path);
  }

  boolean isReady() {
    return missing.isEmpty() && unready.isEmpty();
  }
}
