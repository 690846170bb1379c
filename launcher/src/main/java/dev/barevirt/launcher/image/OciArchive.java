package dev.barevirt.launcher.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Unpacks an {@code oci-archive}: a tar file that holds an image layout and nothing else. */
final class OciArchive {
  private static final String BLOBS = "/blobs/sha256/";

  private OciArchive() {}

  /** Unpacks into a new layout in the directory. */
  static void unpack(Path archive, Path directory, ImageLimits limits) {
    if (!Files.isRegularFile(archive)) {
      throw new ImageException(ImageException.Reason.NOT_FOUND, "there is no archive " + archive);
    }
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(archive), 64 * 1024)) {
      Path blobs = Files.createDirectories(directory.resolve("blobs/sha256"));
      TarReader tar = new TarReader(stream);
      BlobWriter writer = new BlobWriter(blobs, limits.bytes());
      int entries = 0;
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        if (++entries > limits.files()) {
          throw ImageException.refused("the archive holds more than " + limits.files() + " files");
        }
        add(next.get(), tar, directory, writer);
      }
    } catch (IOException refused) {
      throw ImageException.files("unpack " + archive, refused);
    }
    if (!Files.isRegularFile(directory.resolve("index.json"), LinkOption.NOFOLLOW_LINKS)) {
      throw ImageException.refused(archive + " is no OCI archive: it has no index.json");
    }
  }

  private static void add(TarEntry entry, TarReader tar, Path directory, BlobWriter writer)
      throws IOException {
    String path = ImagePath.normal(entry.path());
    if (entry.kind() != TarEntry.Kind.FILE) {
      return; // a layout needs no links, and its directories are made already
    }
    if (path.equals("/index.json") || path.equals("/oci-layout")) {
      if (entry.size() > ImageLimits.DOCUMENT_BYTES) {
        throw ImageException.refused("the archive's " + path.substring(1) + " is too big");
      }
      byte[] content = new byte[(int) entry.size()];
      int filled = 0;
      while (filled < content.length) {
        filled += tar.read(content, filled, content.length - filled);
      }
      Files.write(directory.resolve(path.substring(1)), content);
    } else if (path.startsWith(BLOBS)) {
      String name = path.substring(BLOBS.length());
      Blob blob = writer.write(tar::read);
      if (!blob.digest().hex().equals(name)) {
        throw ImageException.refused(
            "the archive is damaged: blob %s has other content".formatted(ImagePath.shown(name)));
      }
    }
  }
}
