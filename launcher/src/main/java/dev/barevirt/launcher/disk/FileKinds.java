package dev.barevirt.launcher.disk;

import dev.barevirt.launcher.machine.PreparedVolume.BlockSizes;
import dev.barevirt.launcher.os.FileStatus;
import dev.barevirt.launcher.os.OpenFile;
import dev.barevirt.launcher.os.OpenFlag;
import dev.barevirt.launcher.os.OsException;
import dev.barevirt.qmp.wire.OwnedFd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What the JDK's portable view of files leaves out. */
final class FileKinds {
  private static final int TYPE_MASK = 0170000;
  private static final int BLOCK_DEVICE = 0060000;

  private FileKinds() {}

  /** Whether the path, links followed, is a block device. */
  static boolean isBlockDevice(Path path) throws IOException {
    return ((int) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == BLOCK_DEVICE;
  }

  /** Whether the file can be opened past the page cache (O_DIRECT). */
  static boolean opensDirectly(Path path) {
    try (OwnedFd _ = OpenFile.open(path, Set.of(OpenFlag.READ, OpenFlag.DIRECT))) {
      return true;
    } catch (OsException e) {
      return false;
    }
  }

  /** Whether every block of a raw image is allocated, so that discarding would undo that. */
  static boolean isPreallocated(DiskImage image) {
    if (image.format() != DiskFormat.RAW) {
      return false;
    }
    try (OwnedFd fd = OpenFile.open(image.path(), Set.of(OpenFlag.READ))) {
      FileStatus status = FileStatus.of(fd);
      return status.allocated() >= status.size();
    } catch (OsException e) {
      return false;
    }
  }

  /** The block sizes of a device; of a file, those of the file system it lies on. */
  static BlockSizes blockSizes(DiskImage image) {
    try {
      if (!image.onBlockDevice()) {
        int size = Math.toIntExact(Files.getFileStore(image.path()).getBlockSize());
        return new BlockSizes(size, size);
      }
      long device = (long) Files.getAttribute(image.path(), "unix:rdev");
      Path node = Path.of("/sys/dev/block", major(device) + ":" + minor(device)).toRealPath();
      Path queue = Files.isDirectory(node.resolve("queue")) ? node : node.resolve("..");
      return new BlockSizes(
          number(queue.resolve("queue/logical_block_size")),
          number(queue.resolve("queue/physical_block_size")));
    } catch (IOException | UnsupportedOperationException | ArithmeticException e) {
      return BlockSizes.CLASSIC;
    }
  }

  private static int number(Path file) throws IOException {
    try {
      return Integer.parseInt(Files.readString(file).strip());
    } catch (NumberFormatException e) {
      throw new IOException("no number in " + file, e);
    }
  }

  private static long major(long device) {
    return ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
  }

  private static long minor(long device) {
    return (device & 0xff) | ((device >>> 12) & ~0xffL);
  }
}
