package dev.barevirt.launcher.disk;

import dev.barevirt.api.v1.source.HostDisk;
import dev.barevirt.launcher.disk.DiskException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A disk in a file of the host that the user named. It may be created, and grown when it is smaller
 * than asked for; its owner and mode are never changed.
 */
final class HostDiskFile {
  private static final String CREATING = "DiskOrCreate";

  private final QemuImg qemuImg;

  HostDiskFile(QemuImg qemuImg) {
    this.qemuImg = qemuImg;
  }

  /** Creates or grows the file when the volume asks for that; otherwise it must exist. */
  void ensure(HostDisk disk, String path, @Nullable DiskFormat declared, Undo undo)
      throws InterruptedException {
    Path file = checked(path);
    if (!CREATING.equals(disk.type())) {
      return;
    }
    long capacity = disk.capacity() == null ? 0 : disk.capacity().bytes();
    DiskFormat format = declared == null ? DiskFormat.RAW : declared;
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      grow(file, format, capacity);
    } else {
      create(file, format, capacity, undo);
    }
  }

  private static Path checked(String path) {
    boolean plain = path.startsWith("/") && path.indexOf('\0') < 0;
    if (!plain || !Path.of(path).normalize().equals(Path.of(path))) {
      throw new DiskException(
          Reason.IMAGE_REFUSED,
          "host disk %s is refused: its path must be absolute and without . and .."
              .formatted(Printable.of(path)));
    }
    return Path.of(path);
  }

  private void create(Path file, DiskFormat format, long capacity, Undo undo)
      throws InterruptedException {
    String act = "making the host disk " + Printable.of(file.toString());
    if (capacity <= 0) {
      throw new DiskException(Reason.IMAGE_REFUSED, act + " failed: no capacity is given");
    }
    try {
      requireRoom(act, file.toAbsolutePath().getParent(), capacity);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      undo.push(() -> Files.delete(file));
      switch (format) {
        case RAW -> setLength(file, capacity);
        case QCOW2 -> qemuImg.create(file, format, capacity);
      }
    } catch (FileAlreadyExistsException e) {
      throw new DiskException(
          Reason.IN_USE, act + " failed: somebody else is making it at this moment", e);
    } catch (IOException e) {
      throw DiskException.during(act, e);
    }
  }

  private void grow(Path file, DiskFormat format, long capacity) throws InterruptedException {
    DiskImage image =
        new ImageInspection(ImageInspection.Links.FOLLOWED)
            .inspect(file, format, ImageInspection.Trust.DETECT_WITH_BACKING);
    if (image.onBlockDevice() || image.virtualSize() >= capacity) {
      return;
    }
    String act = "growing the host disk " + Printable.of(file.toString());
    try {
      requireRoom(act, file.toAbsolutePath().getParent(), capacity - image.virtualSize());
      qemuImg.resize(file, format, capacity);
    } catch (IOException e) {
      throw DiskException.during(act, e);
    }
  }

  private static void requireRoom(String act, @Nullable Path directory, long bytes)
      throws IOException {
    long free = directory == null ? 0 : Files.getFileStore(directory).getUsableSpace();
    if (free < bytes) {
      throw new DiskException(
          Reason.NO_SPACE,
          "%s failed: it needs %d bytes and %d are free".formatted(act, bytes, free));
    }
  }

  private static void setLength(Path file, long length) throws IOException {
    try (var opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(length);
    }
  }
}
