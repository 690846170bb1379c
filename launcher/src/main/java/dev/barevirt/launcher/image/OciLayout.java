package dev.barevirt.launcher.image;

import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image layout on disk as the OCI defines it: {@code index.json} and blobs by digest. Nothing in
 * it is believed before its digest and size are what the document above it says.
 */
final class OciLayout {
  private static final String ARCHITECTURE =
      System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
  private static final int DEEPEST_INDEX = 3;
  private static final long LARGEST_BLOB = 1L << 50;

  private final Path directory;
  private final ImageLimits limits;

  OciLayout(Path directory, ImageLimits limits) {
    this.directory = directory;
    this.limits = limits;
  }

  /**
   * What a document says of a blob.
   *
   * @param mediaType what it is
   * @param digest its digest
   * @param size its size in bytes
   */
  record Descriptor(String mediaType, Digest digest, long size) {}

  /**
   * The image for this host.
   *
   * @param digest of its manifest
   * @param layers the lowest first
   * @param contents the digests of the layers when unpacked, in the same order
   */
  record Manifest(Digest digest, List<Descriptor> layers, List<Digest> contents) {}

  /** Reads the one image of the layout, or the one that has the tag. */
  Manifest manifest(String tag) {
    Json index = parse(read(directory.resolve("index.json"), "its index"), "its index");
    List<Json> entries = index.at("manifests").elements();
    List<Json> tagged =
        entries.stream()
            .filter(
                entry ->
                    entry
                        .at("annotations")
                        .at("org.opencontainers.image.ref.name")
                        .text()
                        .equals(tag))
            .toList();
    List<Json> candidates = tag.isEmpty() || tagged.isEmpty() ? entries : tagged;
    return manifest(choose(candidates), 0);
  }

  /** Opens a blob; whoever reads it to its end has it checked. */
  VerifiedStream open(Descriptor descriptor) throws IOException {
    Path file = blob(descriptor.digest());
    requireFile(file);
    return new VerifiedStream(Files.newInputStream(file), descriptor);
  }

  private Manifest manifest(Descriptor chosen, int depth) {
    Json json = parse(document(chosen), "a manifest");
    if (json.at("manifests").isPresent()) {
      if (depth >= DEEPEST_INDEX) {
        throw ImageException.refused("the image's index points to indexes without an end");
      }
      return manifest(choose(json.at("manifests").elements()), depth + 1);
    }
    List<Descriptor> layers =
        json.at("layers").elements().stream().map(OciLayout::descriptor).toList();
    if (layers.isEmpty() || layers.size() > limits.layers()) {
      throw ImageException.refused("the image has %d layers".formatted(layers.size()));
    }
    Json config = parse(document(descriptor(json.at("config"))), "its configuration");
    List<Digest> contents =
        config.at("rootfs").at("diff_ids").elements().stream()
            .map(id -> digest(id.text()))
            .toList();
    if (contents.size() != layers.size()) {
      throw ImageException.refused(
          "the image has %d layers and describes %d".formatted(layers.size(), contents.size()));
    }
    return new Manifest(chosen.digest(), layers, contents);
  }

  /** One that is for Linux on this architecture; one that names no platform is for all. */
  private static Descriptor choose(List<Json> entries) {
    Optional<Json> ours =
        entries.stream()
            .filter(
                entry ->
                    !entry.at("platform").isPresent()
                        || (entry.at("platform").at("os").text().equals("linux")
                            && entry.at("platform").at("architecture").text().equals(ARCHITECTURE)))
            .findFirst();
    return descriptor(
        ours.orElseThrow(
            () ->
                ImageException.refused("there is no image for linux/" + ARCHITECTURE + " in it")));
  }

  private byte[] document(Descriptor descriptor) {
    if (descriptor.size() > ImageLimits.DOCUMENT_BYTES) {
      throw ImageException.refused("the image has a document of " + descriptor.size() + " bytes");
    }
    byte[] content = read(blob(descriptor.digest()), "document " + descriptor.digest());
    if (content.length != descriptor.size() || !Digest.of(content).equals(descriptor.digest())) {
      throw mismatch(descriptor.digest());
    }
    return content;
  }

  private Path blob(Digest digest) {
    return directory.resolve("blobs/sha256").resolve(digest.hex());
  }

  static ImageException mismatch(Digest digest) {
    return ImageException.refused("the image is damaged: %s has other content".formatted(digest));
  }

  private static Descriptor descriptor(Json json) {
    long size = json.at("size").integer();
    if (size < 0 || size > LARGEST_BLOB) {
      throw ImageException.refused("the image gives a blob the size " + size);
    }
    return new Descriptor(json.at("mediaType").text(), digest(json.at("digest").text()), size);
  }

  private static Digest digest(String text) {
    return Digest.parse(text)
        .orElseThrow(
            () ->
                ImageException.refused(
                    "the image names content as \"%s\", and only sha256 is supported"
                        .formatted(ImagePath.shown(text))));
  }

  private static byte[] read(Path file, String what) {
    requireFile(file);
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(ImageLimits.DOCUMENT_BYTES);
      if (stream.read() >= 0) {
        throw ImageException.refused("the image's " + what + " is too big");
      }
      return content;
    } catch (IOException refused) {
      throw ImageException.files("read " + file, refused);
    }
  }

  /** A layout that somebody else made may hold links to anything. */
  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw ImageException.refused(
          "the image is not complete: %s is missing".formatted(file.getFileName()));
    }
  }

  private static Json parse(byte[] content, String what) {
    try {
      return Json.parse(new String(content, StandardCharsets.UTF_8));
    } catch (WireException malformed) {
      throw ImageException.refused("the image is damaged: " + what + " is no JSON");
    }
  }
}
