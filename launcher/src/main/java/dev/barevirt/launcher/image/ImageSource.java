package dev.barevirt.launcher.image;

import java.nio.file.Path;
import java.util.List;

/** Where an image comes from, as a user writes it. */
public sealed interface ImageSource {
  /**
   * An {@code oci-archive:} file, which needs no other program.
   *
   * @param file the archive
   * @param tag of several images in it; empty for the only one
   */
  record Archive(Path file, String tag) implements ImageSource {
    @Override
    public String toString() {
      return "oci-archive:" + withTag(file, tag);
    }
  }

  /**
   * An {@code oci:} directory, which needs no other program.
   *
   * @param directory the layout
   * @param tag of several images in it; empty for the only one
   */
  record Layout(Path directory, String tag) implements ImageSource {
    @Override
    public String toString() {
      return "oci:" + withTag(directory, tag);
    }
  }

  /** Whatever skopeo fetches. */
  record Fetched(String source) implements ImageSource {
    @Override
    public String tag() {
      return "";
    }

    @Override
    public String toString() {
      return source;
    }
  }

  /** Transports that name a place on this host or a registry, and nothing that runs a program. */
  List<String> FETCHED =
      List.of("docker://", "docker-archive:", "docker-daemon:", "containers-storage:", "dir:");

  /** Reads a source; without a transport it is a reference to be pulled from its registry. */
  static ImageSource parse(String text) {
    if (text.startsWith("oci-archive:")) {
      String rest = path(text, "oci-archive:");
      return new Archive(Path.of(withoutTag(rest)), tagOf(rest));
    }
    if (text.startsWith("oci:")) {
      String rest = path(text, "oci:");
      return new Layout(Path.of(withoutTag(rest)), tagOf(rest));
    }
    if (FETCHED.stream().anyMatch(text::startsWith)) {
      return new Fetched(text);
    }
    return new Fetched("docker://" + forRegistry(ImageReference.parse(text)));
  }

  /** Which of several images in a layout is meant; empty for the only one. */
  String tag();

  private static String withTag(Path path, String tag) {
    return tag.isEmpty() ? path.toString() : path + ":" + tag;
  }

  private static int tagAt(String path) {
    int colon = path.lastIndexOf(':');
    return colon > path.lastIndexOf('/') ? colon : path.length();
  }

  private static String withoutTag(String path) {
    return path.substring(0, tagAt(path));
  }

  private static String tagOf(String path) {
    int at = tagAt(path);
    return at == path.length() ? "" : path.substring(at + 1);
  }

  private static String path(String text, String transport) {
    String path = text.substring(transport.length());
    if (path.isEmpty() || path.indexOf('\0') >= 0) {
      throw new ImageException(
          ImageException.Reason.BAD_REFERENCE, "\"" + transport + "\" needs a path after it");
    }
    return path;
  }

  /** A registry takes a tag or a digest, not both; the digest is the stricter. */
  private static String forRegistry(ImageReference reference) {
    return reference.digest().isEmpty()
        ? reference.toString()
        : new ImageReference(reference.registry(), reference.repository(), "", reference.digest())
            .toString();
  }
}
