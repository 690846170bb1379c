package dev.barevirt.launcher.image;

/**
 * One header of a tar archive.
 *
 * @param path as written
 * @param kind what it is
 * @param size bytes of content that follow
 * @param target where a link leads, as written; empty for all else
 */
record TarEntry(String path, Kind kind, long size, String target) {
  /** The kinds that an archive can hold. */
  enum Kind {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    HARD_LINK,
    /** Devices and pipes. */
    SPECIAL
  }
}
