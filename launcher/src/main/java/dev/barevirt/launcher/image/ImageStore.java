package dev.barevirt.launcher.image;

import dev.barevirt.launcher.os.Flock;
import dev.barevirt.launcher.os.OfdLock;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.launcher.store.PrivateDirectory;
import dev.barevirt.launcher.store.StoreException;
import dev.barevirt.launcher.store.WholeFile;
import dev.barevirt.qmp.wire.Json;
import dev.barevirt.qmp.wire.OwnedFd;
import dev.barevirt.qmp.wire.RawJson;
import dev.barevirt.qmp.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The images of one user: an index file per name, and content under its digest. Content is never
 * written to again, so machines may stand on it; what no name and no machine needs any more is
 * removed after every change.
 */
public final class ImageStore {
  private static final int LARGEST_INDEX = 64 * 1024 * 1024;

  private final Path root;
  private final ImageUsers users;

  /**
   * A store.
   *
   * @param root its directory, made when it is first needed
   * @param users who keeps content from being removed
   */
  public ImageStore(Path root, ImageUsers users) {
    this.root = root;
    this.users = users;
  }

  /** Every image, by name. */
  public List<StoredImage> list() {
    return index().stream()
        .sorted(Comparator.comparing(image -> image.reference().toString()))
        .toList();
  }

  /** The image of that name. */
  public Optional<StoredImage> find(ImageReference reference) {
    return readIndex(indexFile(reference));
  }

  /** The image of that name, or a sentence that there is none. */
  public StoredImage get(ImageReference reference) {
    return find(reference)
        .orElseThrow(
            () ->
                new ImageException(
                    ImageException.Reason.NOT_FOUND,
                    "there is no image %s here: import or pull it".formatted(reference)));
  }

  /** The file that holds an image's disk. It may be read and built upon, never written. */
  public Optional<Path> disk(StoredImage image) {
    return Optional.ofNullable(image.disk()).flatMap(path -> file(image, path));
  }

  /** The file that holds what the image has at a path. */
  public Optional<Path> file(StoredImage image, String pathInImage) {
    return image.file(ImagePath.normal(pathInImage)).map(file -> blob(file.hex()));
  }

  /** Removes a name, and the content that nothing else needs. */
  public void remove(ImageReference reference) {
    StoredImage image = get(reference);
    try (Flock _ = lock()) {
      Set<String> kept = new HashSet<>();
      index().stream()
          .filter(other -> !other.reference().equals(reference))
          .forEach(other -> other.files().values().forEach(file -> kept.add(file.hex())));
      for (StoredImage.File file : image.files().values()) {
        Optional<String> user = kept.contains(file.hex()) ? Optional.empty() : userOf(file.hex());
        if (user.isPresent()) {
          throw new ImageException(
              ImageException.Reason.IN_USE,
              "image %s is in use by %s".formatted(reference, user.get()));
        }
      }
      Files.deleteIfExists(indexFile(reference));
      sweepLocked();
    } catch (IOException refused) {
      throw ImageException.files("remove image " + reference, refused);
    }
  }

  /** Removes what crashes left, and content that nothing needs. */
  public void sweep() {
    if (Files.isDirectory(root)) {
      try (Flock _ = lock()) {
        sweepLocked();
      } catch (IOException refused) {
        throw ImageException.files("tidy up " + root, refused);
      }
    }
  }

  /** A place to work in, on the same file system as the store. */
  Workspace workspace() {
    PrivateDirectory.ensure(root);
    return Workspace.create(PrivateDirectory.ensure(root.resolve("tmp")));
  }

  /** The right to import an image, unless somebody is at it. */
  Optional<Flock> tryTurnFor(ImageReference reference) {
    return Flock.tryExclusive(turnFile(reference));
  }

  /** Waits until nobody else imports the same image. */
  Flock turnFor(ImageReference reference) {
    return Flock.exclusive(turnFile(reference));
  }

  private Path turnFile(ImageReference reference) {
    PrivateDirectory.ensure(root);
    return PrivateDirectory.ensure(root.resolve("locks")).resolve(name(reference));
  }

  /** Takes over the content of an image from a directory of blobs, and gives it its name. */
  void add(StoredImage image, Path blobs) {
    PrivateDirectory.ensure(root);
    PrivateDirectory.ensure(root.resolve("blobs"));
    PrivateDirectory.ensure(root.resolve("blobs/sha256"));
    PrivateDirectory.ensure(root.resolve("index"));
    try (Flock _ = lock()) {
      for (String hex :
          image.files().values().stream().map(StoredImage.File::hex).distinct().toList()) {
        Path content = blob(hex);
        if (!Files.exists(content)) {
          Path fresh = blobs.resolve(hex);
          Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r--------"));
          Files.move(fresh, content, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      WholeFile.write(
          indexFile(image.reference()), RawJson.of(StoredImageJson.write(image)).bytes());
      sweepLocked();
    } catch (IOException refused) {
      throw ImageException.files("store image " + image.reference(), refused);
    }
  }

  private void sweepLocked() throws IOException {
    Workspace.abandoned(root.resolve("tmp")).forEach(Workspace::close);
    Set<String> named = new HashSet<>();
    index().forEach(image -> image.files().values().forEach(file -> named.add(file.hex())));
    for (Path content : entries(root.resolve("blobs/sha256"))) {
      String hex = String.valueOf(content.getFileName());
      if (!named.contains(hex) && userOf(hex).isEmpty()) {
        Files.deleteIfExists(content);
      }
    }
  }

  /** A machine that names it, or a QEMU that has it open though no machine of ours names it. */
  private Optional<String> userOf(String hex) {
    Optional<String> machine = users.userOf(hex).map(name -> "machine \"" + name + "\"");
    if (machine.isPresent() || !Files.exists(blob(hex))) {
      return machine;
    }
    try (OwnedFd content = OpenFile.open(blob(hex), Set.of(OpenFlag.READ))) {
      return OfdLock.heldByQemu(content) ? Optional.of("a running QEMU") : Optional.empty();
    } catch (OsException unknown) {
      return Optional.of("something that keeps it from being looked at");
    }
  }

  private List<StoredImage> index() {
    return entries(root.resolve("index")).stream()
        .filter(file -> file.toString().endsWith(".json"))
        .flatMap(file -> readIndex(file).stream())
        .toList();
  }

  private static Optional<StoredImage> readIndex(Path file) {
    try {
      return WholeFile.read(file, LARGEST_INDEX)
          .map(bytes -> Json.parse(new String(bytes, StandardCharsets.UTF_8)))
          .flatMap(StoredImageJson::read);
    } catch (StoreException | WireException | ImageException damaged) {
      return Optional.empty(); // as good as not imported; importing again repairs it
    }
  }

  private static List<Path> entries(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException refused) {
      throw ImageException.files("look into " + directory, refused);
    }
  }

  private Flock lock() {
    return Flock.exclusive(root.resolve("lock"));
  }

  private Path blob(String hex) {
    return root.resolve("blobs/sha256").resolve(hex);
  }

  private Path indexFile(ImageReference reference) {
    return root.resolve("index").resolve(name(reference) + ".json");
  }

  /** A file name for a reference of any length and with any characters. */
  private static String name(ImageReference reference) {
    return Digest.of(reference.toString().getBytes(StandardCharsets.UTF_8)).hex();
  }
}
