package dev.barevirt.launcher.disk;

import java.util.List;

/**
 * A volume whose files are ready: the chain of images that make up one disk of the guest.
 *
 * @param name the volume's name in the instance
 * @param layers the images, the one that is written to first, each the backing of the one before
 * @param virtualSize bytes the guest sees
 * @param readOnly whether nothing may be written, whatever the disk asks for
 * @param geometry block sizes of what the top layer lies on
 */
public record PreparedVolume(
    String name, List<Layer> layers, long virtualSize, boolean readOnly, Geometry geometry) {
  /** Copies the list. */
  public PreparedVolume {
    layers = List.copyOf(layers);
  }

  /** The layer that takes the guest's writes. */
  public Layer top() {
    return layers.getFirst();
  }

  /** What a layer lies in. */
  public enum Location {
    /** A regular file. */
    FILE,
    /** A block device. */
    BLOCK_DEVICE
  }

  /**
   * One image of the chain.
   *
   * @param path absolute path on the host
   * @param location what it is
   * @param format its format, never to be probed
   * @param directIo whether it can be opened past the page cache (O_DIRECT)
   * @param preallocated whether all of its blocks are allocated, so that discarding would undo that
   */
  public record Layer(
      String path, Location location, DiskFormat format, boolean directIo, boolean preallocated) {}

  /**
   * Block sizes in bytes.
   *
   * @param logical the smallest unit that can be addressed
   * @param physical the unit that is written without reading first
   */
  public record Geometry(int logical, int physical) {}
}
