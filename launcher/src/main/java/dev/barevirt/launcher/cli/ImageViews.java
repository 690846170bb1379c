package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Column;
import dev.barevirt.launcher.cli.output.Text;
import dev.barevirt.launcher.cli.output.View;
import dev.barevirt.launcher.image.StoredImage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How images are shown. */
final class ImageViews {
  private static final int SHORT_DIGEST = 19;

  private ImageViews() {}

  static View<StoredImage> images(Instant now) {
    return new View<>(
        ImageViews::name,
        ImageViews::tree,
        List.of(
            Column.of("NAME", ImageViews::name),
            Column.of(
                "DISK",
                image -> Optional.ofNullable(image.disk()).map(ImageViews::last).orElse("")),
            Column.of("SIZE", image -> Text.size(image.size())),
            Column.of("AGE", image -> Text.age(Duration.between(image.imported(), now))),
            Column.wide("DIGEST", image -> shortened(image.digest())),
            Column.wide("SOURCE", StoredImage::source)));
  }

  /** The shortest name that means this image. */
  static String name(StoredImage image) {
    String whole = image.reference().toString();
    return whole.replaceFirst("^docker\\.io/(library/)?", "").replaceFirst(":latest$", "");
  }

  private static Object tree(StoredImage image) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", name(image));
    tree.put("reference", image.reference().toString());
    tree.put("digest", image.digest());
    tree.put("source", image.source());
    tree.put("bytes", image.size());
    tree.put("imported", image.imported().toString());
    Map<String, Object> files = new LinkedHashMap<>();
    image.files().forEach((path, file) -> files.put(path, file.size()));
    tree.put("files", files);
    return tree;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String shortened(String digest) {
    return digest.length() <= SHORT_DIGEST ? digest : digest.substring(0, SHORT_DIGEST);
  }
}
