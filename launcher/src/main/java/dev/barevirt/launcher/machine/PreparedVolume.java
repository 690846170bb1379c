package dev.barevirt.launcher.machine;

import java.util.List;

/**
 * A volume of the instance, ready to be given to QEMU: nothing is created or inspected any more.
 */
public sealed interface PreparedVolume {
  /** The volume's name in the instance. */
  String name();

  /**
   * A disk.
   *
   * @param name the volume's name
   * @param layers the image and what backs it, the topmost first; only the first may be writable
   * @param directIo whether the images' file systems know O_DIRECT
   * @param preallocated whether all blocks are there, so that a discard would undo it
   * @param blocks the sizes of the blocks of what the topmost image lies on
   */
  record Disk(
      String name, List<Layer> layers, boolean directIo, boolean preallocated, BlockSizes blocks)
      implements PreparedVolume {
    /** Copies the layers. */
    public Disk {
      layers = List.copyOf(layers);
    }
  }

  /**
   * One image of a disk.
   *
   * @param path the file
   * @param format its format
   * @param blockDevice whether it is a block device rather than a file
   * @param readOnly whether it may only be read
   */
  record Layer(String path, Format format, boolean blockDevice, boolean readOnly) {}

  /**
   * Sizes of blocks in bytes.
   *
   * @param logical the smallest unit that can be addressed
   * @param physical the smallest unit that is written without being read first
   */
  record BlockSizes(int logical, int physical) {
    /** The sizes of old, which every guest knows. */
    public static final BlockSizes CLASSIC = new BlockSizes(512, 512);
  }

  /** The formats of images; QEMU is never left to guess. */
  enum Format {
    /** The bytes of the disk. */
    RAW,
    /** QEMU's copy-on-write format. */
    QCOW2
  }

  /**
   * A directory to be shared.
   *
   * @param name the volume's name
   * @param path the directory
   */
  record Directory(String name, String path) implements PreparedVolume {}
}
