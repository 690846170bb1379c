package dev.barevirt.launcher.disk;

import dev.barevirt.launcher.disk.DiskException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The overlays that snapshots of a running guest laid over a volume, remembered for the next start:
 * one file name a line, the one that is written to first.
 */
public final class SnapshotChain {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*\\.qcow2");

  private final Path directory;
  private final Path file;
  private final List<Path> overlays;

  private SnapshotChain(Path directory, Path file, List<Path> overlays) {
    this.directory = directory;
    this.file = file;
    this.overlays = List.copyOf(overlays);
  }

  /** The chain of the volume of that name, kept in the machine's directory of disks. */
  public static SnapshotChain of(Path directory, String volume) {
    Path file = directory.resolve(FileNames.of(volume) + ".snapshots");
    try {
      if (!Files.exists(file)) {
        return new SnapshotChain(directory, file, List.of());
      }
      var overlays = new ArrayList<Path>();
      for (String line : Files.readAllLines(file)) {
        if (!NAME.matcher(line).matches()) {
          throw new DiskException(Reason.IMAGE_REFUSED, file + " is damaged: it names no overlay");
        }
        overlays.add(directory.resolve(line));
      }
      return new SnapshotChain(directory, file, overlays);
    } catch (IOException e) {
      throw DiskException.during("reading " + file, e);
    }
  }

  /** The overlays, the one that is written to first. */
  public List<Path> overlays() {
    return overlays;
  }

  /** Where the next overlay of this volume goes: a name that no file has. */
  public Path next(String volume) {
    for (int number = overlays.size() + 1; ; number++) {
      Path free = directory.resolve("%s-snapshot-%d.qcow2".formatted(FileNames.of(volume), number));
      if (!Files.exists(free)) {
        return free;
      }
    }
  }

  /** Forgets the overlays, whose files stay. */
  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw DiskException.during("forgetting the snapshots in " + file, e);
    }
  }

  /** Remembers an overlay that has become the one that is written to. */
  public SnapshotChain push(Path overlay) {
    var all = new ArrayList<Path>();
    all.add(overlay);
    all.addAll(overlays);
    return with(all);
  }

  /** Remembers these overlays instead, the one that is written to first. */
  SnapshotChain with(List<Path> all) {
    var lines = new StringBuilder();
    all.forEach(path -> lines.append(path.getFileName()).append('\n'));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, lines, StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw DiskException.during("writing " + file, e);
    }
    return new SnapshotChain(directory, file, all);
  }
}
