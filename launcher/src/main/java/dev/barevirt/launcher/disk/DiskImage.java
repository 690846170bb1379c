package dev.barevirt.launcher.disk;

import java.nio.file.Path;
import java.util.List;

/**
 * An image that was inspected and may be attached.
 *
 * @param path where it is
 * @param onBlockDevice whether it lies on a block device instead of in a file
 * @param format its format, declared or read from a header, never guessed by QEMU
 * @param virtualSize bytes the guest sees
 * @param backing the images beneath it, top first; only where backing files were allowed
 */
public record DiskImage(
    Path path,
    boolean onBlockDevice,
    DiskFormat format,
    long virtualSize,
    List<DiskImage> backing) {
  /** Copies the list. */
  public DiskImage {
    backing = List.copyOf(backing);
  }
}
