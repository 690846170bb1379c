package dev.barevirt.launcher.disk;

import dev.barevirt.launcher.disk.DiskException.Reason;
import dev.barevirt.launcher.disk.ImageInspection.Links;
import dev.barevirt.launcher.disk.ImageInspection.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes back to snapshots of a machine that does not run, and merges them away. Whoever asks holds
 * the machine's lock. Dying between two steps leaves a chain that shows what it showed before, or
 * what it is to show afterwards, and at most a file that nobody names.
 */
public final class SnapshotEditor {
  private static final ImageInspection INSPECTION = new ImageInspection(Links.FOLLOWED);

  private final QemuImg qemuImg;
  private final Path directory;

  /** Edits the chains in a machine's directory of disks. */
  public SnapshotEditor(QemuImg qemuImg, Path directory) {
    this.qemuImg = qemuImg;
    this.directory = directory;
  }

  /**
   * Shows a volume as it was when an overlay was laid over it: that overlay and the later ones are
   * thrown away, a new one takes what is written from now on.
   */
  public void restore(String volume, Path overlay) throws InterruptedException {
    SnapshotChain chain = SnapshotChain.of(directory, volume);
    int at = position(chain, overlay);
    DiskImage beneath = beneath(overlay);
    Path fresh = chain.next(volume);
    qemuImg.createOverlay(fresh, beneath, beneath.virtualSize());
    List<Path> kept = new ArrayList<>(List.of(fresh));
    kept.addAll(chain.overlays().subList(at + 1, chain.overlays().size()));
    chain.with(kept);
    for (Path gone : chain.overlays().subList(0, at + 1)) {
      remove(gone);
    }
  }

  /** Keeps what was written to an overlay, in the image beneath it, and forgets the moment. */
  public void delete(String volume, Path overlay) throws InterruptedException {
    SnapshotChain chain = SnapshotChain.of(directory, volume);
    int at = position(chain, overlay);
    DiskImage beneath = beneath(overlay);
    qemuImg.commit(overlay);
    if (at > 0) {
      qemuImg.rebaseUnsafely(chain.overlays().get(at - 1), beneath);
    }
    List<Path> kept = new ArrayList<>(chain.overlays());
    kept.remove(at);
    chain.with(kept);
    remove(overlay);
  }

  private static int position(SnapshotChain chain, Path overlay) {
    int at = chain.overlays().indexOf(overlay);
    if (at < 0) {
      throw new DiskException(
          Reason.MISSING, Printable.of(overlay.toString()) + " is no snapshot any more");
    }
    return at;
  }

  private static DiskImage beneath(Path overlay) {
    List<DiskImage> backing =
        INSPECTION.inspect(overlay, DiskFormat.QCOW2, Trust.DETECT_WITH_BACKING).backing();
    if (backing.isEmpty()) {
      throw new DiskException(
          Reason.IMAGE_REFUSED, Printable.of(overlay.toString()) + " lies over no image");
    }
    return backing.getFirst();
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw DiskException.during("removing " + Printable.of(file.toString()), e);
    }
  }
}
