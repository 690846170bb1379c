package dev.barevirt.launcher.image;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image in the store.
 *
 * @param reference its name
 * @param digest of its manifest, or of the file it was made of
 * @param source where it came from, as it was asked for
 * @param disk the path of its disk in the image; null when it has none
 * @param files every file kept of it, by path in the image
 * @param imported when
 */
public record StoredImage(
    ImageReference reference,
    String digest,
    String source,
    @Nullable String disk,
    Map<String, File> files,
    Instant imported) {
  public StoredImage {
    files = Map.copyOf(files);
  }

  /**
   * A file of it.
   *
   * @param hex its SHA-256
   * @param size in bytes
   */
  public record File(String hex, long size) {}

  /** The bytes that all its files have together, holes included. */
  public long size() {
    return files.values().stream().mapToLong(File::size).sum();
  }

  /** The file at a path in the image. */
  Optional<File> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The files in the order of their paths. */
  Map<String, File> sortedFiles() {
    return new TreeMap<>(files);
  }
}
