package dev.barevirt.launcher.cli.live;

import java.nio.file.Path;
import java.util.Optional;

/** Finds what an image reference of a manifest names in the local image store. */
public interface ImageLookup {
  /** The disk in an image. */
  Optional<Path> disk(String reference, String pathInImage);

  /** A file, such as a kernel, in an image. */
  Optional<Path> file(String reference, String pathInImage);
}
