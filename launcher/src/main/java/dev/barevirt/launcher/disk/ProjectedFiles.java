package dev.barevirt.launcher.disk;

import dev.barevirt.launcher.disk.DiskException.Reason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a directory in which a config map, a secret, the downward API or a service account was
 * projected. The kubelet does that with symbolic links inside the directory; links that lead out of
 * it, devices and pipes are refused, and so is more than fits an image.
 */
public final class ProjectedFiles {
  private static final int DEEPEST = 8;
  private static final int MOST_FILES = 10_000;

  private final Path root;
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private long total;

  private ProjectedFiles(Path root) {
    this.root = root;
  }

  /**
   * The files beneath the directory by their paths in it; names that begin with ".." are left out.
   *
   * @throws DiskException when it cannot be read, or holds what is refused
   */
  public static SortedMap<String, byte[]> read(Path directory) {
    String act = "reading the files in " + Printable.of(directory.toString());
    try {
      var reader = new ProjectedFiles(directory.toRealPath());
      if (!Files.isDirectory(reader.root)) {
        throw new DiskException(Reason.IMAGE_REFUSED, act + " failed: it is not a directory");
      }
      reader.add(reader.root, "", 0);
      return reader.files;
    } catch (IOException e) {
      throw DiskException.during(act, e);
    }
  }

  private void add(Path directory, String prefix, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw refused(directory, "directories are nested deeper than " + DEEPEST);
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith("..")) {
          addEntry(entry, prefix + name, depth);
        }
      }
    }
  }

  private void addEntry(Path entry, String name, int depth) throws IOException {
    Path real = entry.toRealPath();
    if (!real.startsWith(root)) {
      throw refused(entry, "it leads out of its directory");
    }
    if (Files.isDirectory(real)) {
      add(real, name + "/", depth + 1);
      return;
    }
    if (!Files.isRegularFile(real)) {
      throw refused(entry, "it is not a regular file");
    }
    total += Files.size(real);
    if (total > IsoImage.LARGEST || files.size() >= MOST_FILES) {
      throw refused(
          entry,
          "there are more than %d bytes or %d files".formatted(IsoImage.LARGEST, MOST_FILES));
    }
    files.put(name, Files.readAllBytes(real));
  }

  private static DiskException refused(Path entry, String why) {
    return new DiskException(
        Reason.IMAGE_REFUSED, Printable.of(entry.toString()) + " is refused: " + why);
  }
}
