package dev.barevirt.launcher.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells device files apart, which {@code BasicFileAttributes} lumps together. */
final class FileKinds {
  private static final int TYPE_MASK = 0170000;
  private static final int BLOCK_DEVICE = 0060000;

  private FileKinds() {}

  /** Whether the path, links followed, is a block device. */
  static boolean isBlockDevice(Path path) throws IOException {
    return ((int) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == BLOCK_DEVICE;
  }
}
