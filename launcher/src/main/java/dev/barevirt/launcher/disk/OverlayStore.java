package dev.barevirt.launcher.disk;

import dev.barevirt.launcher.disk.DiskException.Reason;
import dev.barevirt.launcher.disk.ImageInspection.Links;
import dev.barevirt.launcher.disk.ImageInspection.Trust;
import dev.barevirt.launcher.machine.PreparedVolume;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The images that a machine owns, in one directory: overlays, empty disks, seeds. Each is made
 * under another name and renamed when it is whole, so that a power cut leaves none half made.
 */
final class OverlayStore {
  /** Nobody else writes to the directory, and a user may have named an image by a link. */
  private static final ImageInspection INSPECTION = new ImageInspection(Links.FOLLOWED);

  private static final int FIGURES_BYTES = 256 << 10;

  private final QemuImg qemuImg;
  private final Path directory;

  OverlayStore(QemuImg qemuImg, Path directory) {
    this.qemuImg = qemuImg;
    this.directory = directory;
  }

  /** The image itself, beneath the snapshots an earlier run took of it. */
  PreparedVolume withSnapshots(String name, DiskImage image, boolean readOnly) {
    return prepared(name, chain(name, image), readOnly);
  }

  /**
   * An image that is not written to: an overlay takes the writes. The overlay of an earlier run is
   * used again as long as the image beneath it is the same; otherwise its blocks would not fit.
   */
  PreparedVolume over(String name, DiskImage base, Undo undo) throws InterruptedException {
    String identity = FileNames.of(name) + "-" + identityOf(base.path());
    Path overlay = directory.resolve(identity + ".qcow2");
    if (!Files.exists(overlay)) {
      make(overlay, undo, part -> qemuImg.createOverlay(part, base, base.virtualSize()));
    }
    DiskImage top = INSPECTION.inspect(overlay, DiskFormat.QCOW2, Trust.DETECT_WITH_BACKING);
    return prepared(name, chain(name, stacked(top, base)), false);
  }

  /** An empty disk that lives as long as the machine; a greater capacity than before grows it. */
  PreparedVolume empty(String name, long capacity, Undo undo) throws InterruptedException {
    if (capacity <= 0) {
      throw new DiskException(
          Reason.IMAGE_REFUSED, "empty disk %s has no capacity".formatted(Printable.of(name)));
    }
    Path file = directory.resolve(FileNames.of(name) + "-empty.qcow2");
    if (!Files.exists(file)) {
      make(file, undo, part -> qemuImg.create(part, DiskFormat.QCOW2, capacity));
    }
    DiskImage image = INSPECTION.inspect(file, DiskFormat.QCOW2, Trust.DETECT);
    List<DiskImage> chain = chain(name, image);
    if (chain.size() == 1 && image.virtualSize() < capacity) {
      qemuImg.resize(file, DiskFormat.QCOW2, capacity);
    }
    return prepared(name, chain, false);
  }

  /** A seed, written anew at each start; a guest that writes to it harms nobody but itself. */
  PreparedVolume seed(String name, IsoImage iso, Undo undo) throws InterruptedException {
    Path file = directory.resolve(FileNames.of(name) + ".iso");
    make(file, undo, part -> Files.write(part, iso.bytes()));
    DiskImage image = INSPECTION.inspect(file, DiskFormat.RAW, Trust.RAW_UNLESS_DECLARED);
    return prepared(name, List.of(image), false);
  }

  /** A disk that the launcher writes figures of the host to while the guest reads it. */
  PreparedVolume figures(String name, Undo undo) throws InterruptedException {
    Path file = directory.resolve(FileNames.of(name) + "-figures.raw");
    make(file, undo, part -> Files.write(part, new byte[FIGURES_BYTES]));
    DiskImage image = INSPECTION.inspect(file, DiskFormat.RAW, Trust.RAW_UNLESS_DECLARED);
    return prepared(name, List.of(image), true);
  }

  private List<DiskImage> chain(String name, DiskImage image) {
    var chain = new ArrayList<DiskImage>();
    SnapshotChain snapshots = SnapshotChain.of(directory, name);
    for (Path overlay : snapshots.overlays()) {
      chain.add(INSPECTION.inspect(overlay, DiskFormat.QCOW2, Trust.DETECT_WITH_BACKING));
    }
    if (!chain.isEmpty() && !liesOn(chain.getLast(), image)) {
      snapshots.forget();
      chain.clear();
    }
    chain.add(image);
    chain.addAll(image.backing());
    return chain;
  }

  /** Snapshots taken over another image than the present one would show blocks that do not fit. */
  private static boolean liesOn(DiskImage overlay, DiskImage image) {
    return !overlay.backing().isEmpty()
        && overlay.backing().getFirst().path().equals(image.path().toAbsolutePath());
  }

  private static DiskImage stacked(DiskImage top, DiskImage base) {
    var beneath = new ArrayList<DiskImage>();
    beneath.add(base);
    beneath.addAll(base.backing());
    return new DiskImage(top.path(), false, top.format(), top.virtualSize(), beneath);
  }

  private static PreparedVolume prepared(String name, List<DiskImage> chain, boolean readOnly) {
    var layers = new ArrayList<PreparedVolume.Layer>();
    boolean direct = true;
    for (DiskImage image : chain) {
      direct &= FileKinds.opensDirectly(image.path());
      layers.add(
          new PreparedVolume.Layer(
              image.path().toAbsolutePath().toString(),
              image.format().prepared(),
              image.onBlockDevice(),
              readOnly || !layers.isEmpty()));
    }
    DiskImage top = chain.getFirst();
    boolean preallocated = !top.onBlockDevice() && FileKinds.isPreallocated(top);
    return new PreparedVolume.Disk(name, layers, direct, preallocated, FileKinds.blockSizes(top));
  }

  private interface Making {
    void make(Path part) throws IOException, InterruptedException;
  }

  private void make(Path file, Undo undo, Making making) throws InterruptedException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    boolean replaces = Files.exists(file);
    try {
      Files.deleteIfExists(part);
      undo.push(() -> Files.deleteIfExists(part));
      making.make(part);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      if (!replaces) {
        undo.push(() -> Files.deleteIfExists(file));
      }
    } catch (IOException e) {
      throw DiskException.during("making " + Printable.of(file.toString()), e);
    }
  }

  /** What must not change beneath an overlay: the file, its size and when it was written. */
  private static String identityOf(Path image) {
    try {
      BasicFileAttributes is = Files.readAttributes(image, BasicFileAttributes.class);
      return FileNames.digest(
          "%s %d %s".formatted(image.toAbsolutePath(), is.size(), is.lastModifiedTime()));
    } catch (IOException e) {
      throw DiskException.during("looking at " + Printable.of(image.toString()), e);
    }
  }
}
