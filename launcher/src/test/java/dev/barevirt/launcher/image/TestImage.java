package dev.barevirt.launcher.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes image layouts and archives of them. */
final class TestImage {
  private final Map<String, byte[]> blobs = new LinkedHashMap<>();
  private final List<String> layers = new ArrayList<>();
  private final List<String> contents = new ArrayList<>();

  TestImage layer(TestTar tar) {
    return layer(tar.bytes(), gzip(tar.bytes()), "application/vnd.oci.image.layer.v1.tar+gzip");
  }

  /** A layer whose stored form is given, honest or not. */
  TestImage layer(byte[] content, byte[] stored, String mediaType) {
    layers.add(descriptor(mediaType, stored));
    contents.add("\"" + Digest.of(content) + "\"");
    return this;
  }

  /** Every file of the layout, by its path. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    String config =
        descriptor(
            "application/vnd.oci.image.config.v1+json",
            """
            {"architecture": "amd64", "os": "linux",
             "rootfs": {"type": "layers", "diff_ids": [%s]}}\
            """
                .formatted(String.join(",", contents)));
    String manifest =
        descriptor(
            "application/vnd.oci.image.manifest.v1+json",
            """
            {"schemaVersion": 2, "config": %s, "layers": [%s]}\
            """
                .formatted(config, String.join(",", layers)));
    files.put("oci-layout", bytes("{\"imageLayoutVersion\": \"1.0.0\"}"));
    files.put("index.json", bytes("{\"schemaVersion\": 2, \"manifests\": [" + manifest + "]}"));
    blobs.forEach((hex, content) -> files.put("blobs/sha256/" + hex, content));
    return files;
  }

  Path writeLayout(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(directory.resolve("blobs/sha256"));
      Files.write(path, file.getValue());
    }
    return directory;
  }

  Path writeArchive(Path archive) throws IOException {
    TestTar tar = new TestTar();
    files().forEach(tar::file);
    return Files.write(archive, tar.bytes());
  }

  private String descriptor(String mediaType, String content) {
    return descriptor(mediaType, bytes(content));
  }

  private String descriptor(String mediaType, byte[] content) {
    Digest digest = Digest.of(content);
    blobs.put(digest.hex(), content);
    return """
    {"mediaType": "%s", "digest": "%s", "size": %d}\
    """
        .formatted(mediaType, digest, content.length);
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
