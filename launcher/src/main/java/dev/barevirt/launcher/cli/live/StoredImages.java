package dev.barevirt.launcher.cli.live;

import dev.barevirt.launcher.image.ImageReference;
import dev.barevirt.launcher.image.ImageStore;
import java.nio.file.Path;
import java.util.Optional;

/** The image store as manifests refer to it. */
public record StoredImages(ImageStore store) implements ImageLookup {
  @Override
  public Optional<Path> disk(String reference, String pathInImage) {
    return store
        .find(ImageReference.parse(reference))
        .flatMap(
            image -> pathInImage.isEmpty() ? store.disk(image) : store.file(image, pathInImage));
  }

  @Override
  public Optional<Path> file(String reference, String pathInImage) {
    return store
        .find(ImageReference.parse(reference))
        .flatMap(image -> store.file(image, pathInImage));
  }
}
