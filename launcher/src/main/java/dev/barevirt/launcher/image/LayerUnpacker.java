package dev.barevirt.launcher.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads layers, one over the other, into a tree whose files are blobs. */
final class LayerUnpacker {
  private final ImageTree tree = new ImageTree();
  private final BlobWriter blobs;
  private final ImageLimits limits;
  private int entries;

  LayerUnpacker(BlobWriter blobs, ImageLimits limits) {
    this.blobs = blobs;
    this.limits = limits;
  }

  /** Lays the next layer, an uncompressed tar stream, over the ones before. */
  void add(InputStream layer) throws IOException {
    tree.startLayer();
    TarReader tar = new TarReader(layer);
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      if (++entries > limits.files()) {
        throw ImageException.refused("the image holds more than " + limits.files() + " files");
      }
      add(next.get(), tar);
    }
  }

  ImageTree tree() {
    return tree;
  }

  private void add(TarEntry entry, TarReader content) throws IOException {
    String path = ImagePath.normal(entry.path());
    if (path.equals("/") || tree.appliedAsWhiteout(path)) {
      return;
    }
    switch (entry.kind()) {
      case FILE -> tree.put(path, new ImageTree.Node.File(blobs.write(content::read)));
      case DIRECTORY -> tree.put(path, new ImageTree.Node.Directory());
      case SYMBOLIC_LINK -> tree.put(path, new ImageTree.Node.Link(entry.target()));
      case SPECIAL -> tree.put(path, new ImageTree.Node.Special());
      case HARD_LINK ->
          tree.put(
              path,
              tree.hardLinkTarget(entry.target())
                  .orElseThrow(
                      () ->
                          ImageException.refused(
                              "the image's \"%s\" is a link to nothing in it"
                                  .formatted(ImagePath.shown(path)))));
    }
  }
}
