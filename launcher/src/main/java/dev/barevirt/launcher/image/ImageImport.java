package dev.barevirt.launcher.image;

import dev.barevirt.launcher.disk.DiskException;
import dev.barevirt.launcher.disk.DiskImage;
import dev.barevirt.launcher.disk.ImageInspection;
import dev.barevirt.launcher.os.Children;
import dev.barevirt.launcher.os.Flock;
import dev.barevirt.launcher.os.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings images into the store: container images with a disk under {@code /disk} or with a kernel,
 * and plain disk files. An import happens whole or not at all.
 */
public final class ImageImport {
  private static final String DISK_DIRECTORY = "/disk";
  private static final String BOOT_DIRECTORY = "/boot/";

  private final ImageStore store;
  private final Skopeo skopeo;
  private final LayerStream layers;
  private final ImageLimits limits;
  private final InstantSource clock;

  ImageImport(
      ImageStore store,
      Skopeo skopeo,
      LayerStream layers,
      ImageLimits limits,
      InstantSource clock) {
    this.store = store;
    this.skopeo = skopeo;
    this.layers = layers;
    this.limits = limits;
    this.clock = clock;
  }

  /** An importer with the programs of this host. */
  public static ImageImport into(
      ImageStore store, Programs programs, Children children, Map<String, String> environment) {
    return new ImageImport(
        store,
        new Skopeo(programs, children, environment),
        new LayerStream(programs),
        ImageLimits.usual(),
        InstantSource.system());
  }

  /**
   * Fetches an image. Of several who fetch the same one at the same time, one does and the others
   * wait for it.
   *
   * @param name what to call it here
   */
  public StoredImage pull(ImageSource source, ImageReference name, ImageProgress progress) {
    Instant asked = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Optional<Flock> free = store.tryTurnFor(name);
    boolean waited = free.isEmpty();
    try (Flock _ = free.orElseGet(() -> store.turnFor(name))) {
      Optional<StoredImage> meanwhile =
          store
              .find(name)
              .filter(image -> image.source().equals(source.toString()))
              .filter(image -> waited && !image.imported().isBefore(asked));
      return meanwhile.orElseGet(() -> fetch(source, name, progress));
    }
  }

  private StoredImage fetch(ImageSource source, ImageReference name, ImageProgress progress) {
    try (Workspace work = store.workspace()) {
      Path layout =
          switch (source) {
            case ImageSource.Archive(Path file, String _) -> {
              progress.at("unpacking " + file.getFileName(), 0, 0);
              Path directory = work.directory("layout");
              OciArchive.unpack(file, directory, limits);
              yield directory;
            }
            case ImageSource.Layout(Path directory, String _) -> directory;
            case ImageSource.Fetched(String written) -> {
              Path directory = work.path("layout");
              skopeo.copy(written, directory, work.lock(), progress);
              yield directory;
            }
          };
      Contents contents = unpack(new OciLayout(layout, limits), source.tag(), work, progress);
      return add(name, source.toString(), contents);
    } catch (IOException refused) {
      throw ImageException.files("import " + name, refused);
    }
  }

  /** Copies a raw or qcow2 file. */
  public StoredImage importFile(Path file, ImageReference name, ImageProgress progress) {
    try (Flock _ = store.turnFor(name);
        Workspace work = store.workspace();
        InputStream content = Files.newInputStream(file)) {
      progress.at("copying " + file.getFileName(), 0, Files.size(file));
      Path blobs = work.directory("blobs");
      Blob blob = new BlobWriter(blobs, limits.bytes()).write(content::read);
      String path =
          switch (inspect(blobs, blob).format()) {
            case RAW -> DISK_DIRECTORY + "/disk.img";
            case QCOW2 -> DISK_DIRECTORY + "/disk.qcow2";
          };
      Contents contents = new Contents(blob.digest(), path, Map.of(path, blob), blobs);
      return add(name, file.toString(), contents);
    } catch (IOException refused) {
      throw ImageException.files("import " + file, refused);
    }
  }

  private Contents unpack(OciLayout layout, String tag, Workspace work, ImageProgress progress)
      throws IOException {
    OciLayout.Manifest manifest = layout.manifest(tag);
    Path blobs = work.directory("blobs");
    LayerUnpacker unpacker = new LayerUnpacker(new BlobWriter(blobs, limits.bytes()), limits);
    int count = manifest.layers().size();
    for (int i = 0; i < count; i++) {
      progress.at("unpacking layer %d of %d".formatted(i + 1, count), i, count);
      unpackLayer(layout, manifest.layers().get(i), manifest.contents().get(i), unpacker);
    }
    progress.at("unpacked", count, count);
    ImageTree tree = unpacker.tree();
    Map<String, Blob> files = new TreeMap<>(tree.files());
    Optional<Map.Entry<String, Blob>> disk = diskOf(tree);
    if (disk.isPresent()) {
      DiskImage inspected = inspect(blobs, disk.get().getValue());
      progress.at("found a %s disk".formatted(inspected.format()), count, count);
      String path = disk.get().getKey();
      files.keySet().removeIf(other -> !other.equals(path) && !other.startsWith(BOOT_DIRECTORY));
    }
    if (files.isEmpty()) {
      throw ImageException.refused("the image is empty: it has neither a disk nor files");
    }
    return new Contents(manifest.digest(), disk.map(Map.Entry::getKey).orElse(null), files, blobs);
  }

  private void unpackLayer(
      OciLayout layout, OciLayout.Descriptor layer, Digest content, LayerUnpacker unpacker)
      throws IOException {
    try (VerifiedStream blob = layout.open(layer)) {
      layers.read(
          blob,
          layer.mediaType(),
          tar -> {
            ContentDigest checked = new ContentDigest(tar);
            unpacker.add(checked);
            checked.verify(content);
          });
    }
  }

  /** The one file under {@code /disk}; nothing when there is no such directory. */
  private static Optional<Map.Entry<String, Blob>> diskOf(ImageTree tree) {
    Map<String, ImageTree.Node> children = tree.children(DISK_DIRECTORY);
    if (children.isEmpty()) {
      return Optional.empty();
    }
    if (children.size() > 1) {
      throw ImageException.refused(
          "the image has %d entries in /disk, and exactly one disk is expected there"
              .formatted(children.size()));
    }
    Map.Entry<String, ImageTree.Node> only = children.entrySet().iterator().next();
    return switch (only.getValue()) {
      case ImageTree.Node.File(Blob blob) -> Optional.of(Map.entry(only.getKey(), blob));
      case ImageTree.Node.Link _ -> throw noDisk(only.getKey(), "a symbolic link");
      case ImageTree.Node.Directory _ -> throw noDisk(only.getKey(), "a directory");
      case ImageTree.Node.Special _ -> throw noDisk(only.getKey(), "a device or a pipe");
    };
  }

  private static ImageException noDisk(String path, String what) {
    return ImageException.refused(
        "the image's %s is %s and not a disk".formatted(ImagePath.shown(path), what));
  }

  /** A disk that names other files of the host, or is of a format we do not run, stays out. */
  private static DiskImage inspect(Path blobs, Blob disk) {
    Path file = blobs.resolve(disk.digest().hex());
    try {
      return new ImageInspection(ImageInspection.Links.REFUSED)
          .inspect(file, null, ImageInspection.Trust.DETECT);
    } catch (DiskException refused) {
      // Where it lies for the moment tells the user nothing.
      String why =
          String.valueOf(refused.getMessage()).replace("disk image " + file + " is refused: ", "");
      throw new ImageException(
          ImageException.Reason.REFUSED, "the image's disk cannot be used: " + why, refused);
    }
  }

  private StoredImage add(ImageReference name, String source, Contents contents) {
    Map<String, StoredImage.File> stored = new TreeMap<>();
    contents
        .files()
        .forEach(
            (path, blob) ->
                stored.put(path, new StoredImage.File(blob.digest().hex(), blob.size())));
    StoredImage image =
        new StoredImage(
            name,
            contents.digest().toString(),
            source,
            contents.disk(),
            stored,
            clock.instant().truncatedTo(ChronoUnit.SECONDS));
    store.add(image, contents.blobs());
    return image;
  }

  /**
   * What an import found, still in its workspace.
   *
   * @param digest of the manifest or the file
   * @param disk which of the files is the disk; null when none is
   * @param files by path in the image
   * @param blobs where their content lies
   */
  private record Contents(
      Digest digest, @Nullable String disk, Map<String, Blob> files, Path blobs) {}
}
