package dev.barevirt.launcher.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which program exactly: what was found out about it holds for as long as this stays the same.
 *
 * @param path where it is, all links followed
 * @param size its size in bytes
 * @param modified when it was last changed, in milliseconds since 1970
 * @param buildId its linker's mark; empty when it has none
 */
record BinaryIdentity(Path path, long size, long modified, String buildId) {
  /** The program's as it is now. */
  static BinaryIdentity of(Path program) {
    try {
      Path real = program.toRealPath();
      return new BinaryIdentity(
          real,
          Files.size(real),
          Files.getLastModifiedTime(real).toMillis(),
          BuildId.of(real).orElse(""));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot look at " + program, unreadable);
    }
  }

  /** All of it in one line. */
  String key() {
    return path + " " + size + " " + modified + " " + buildId;
  }
}
