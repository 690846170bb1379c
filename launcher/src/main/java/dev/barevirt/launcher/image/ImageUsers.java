package dev.barevirt.launcher.image;

import java.util.Optional;

/** Knows who uses content of the store. */
@FunctionalInterface
public interface ImageUsers {
  /**
   * The name of a machine that needs the content.
   *
   * @param hex the content's SHA-256, which is also the name of its file
   */
  Optional<String> userOf(String hex);
}
