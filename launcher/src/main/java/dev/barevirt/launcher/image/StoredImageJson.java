package dev.barevirt.launcher.image;

import dev.barevirt.qmp.wire.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Images as they lie in the store's index. */
final class StoredImageJson {
  private StoredImageJson() {}

  static Json write(StoredImage image) {
    Json.Builder files = Json.object();
    image
        .sortedFiles()
        .forEach(
            (path, file) ->
                files.with(
                    path,
                    Json.object().with("sha256", file.hex()).with("size", file.size()).build()));
    return Json.object()
        .with("reference", image.reference().toString())
        .with("digest", image.digest())
        .with("source", image.source())
        .with("disk", image.disk())
        .with("imported", image.imported().getEpochSecond())
        .with("files", files.build())
        .build();
  }

  /** What was written; nothing when it is no image of ours. */
  static Optional<StoredImage> read(Json json) {
    Map<String, StoredImage.File> files = new TreeMap<>();
    for (Map.Entry<String, Json> entry : json.at("files").members().entrySet()) {
      Json file = entry.getValue();
      Optional<Digest> digest = Digest.parse("sha256:" + file.at("sha256").text());
      if (digest.isEmpty()) {
        return Optional.empty();
      }
      files.put(
          entry.getKey(), new StoredImage.File(digest.get().hex(), file.at("size").integer()));
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StoredImage(
            ImageReference.parse(json.at("reference").text()),
            json.at("digest").text(),
            json.at("source").text(),
            json.at("disk").isPresent() ? json.at("disk").text() : null,
            files,
            Instant.ofEpochSecond(json.at("imported").integer())));
  }
}
