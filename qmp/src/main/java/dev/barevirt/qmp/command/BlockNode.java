package dev.barevirt.qmp.command;

import org.jspecify.annotations.Nullable;

/**
 * A node of the block graph and its image.
 *
 * @param file the file name
 * @param nodeName its name
 * @param ro whether it is read-only
 * @param drv its driver
 * @param backingFile the backing file, if any
 * @param backingFileDepth how many images lie below
 * @param active whether it may be written by this process, since QEMU 10.0
 * @param encrypted whether it is
 * @param image the image
 */
public record BlockNode(
    String file,
    String nodeName,
    boolean ro,
    String drv,
    String backingFile,
    int backingFileDepth,
    boolean active,
    boolean encrypted,
    @Nullable Image image) {
  /**
   * What an image is.
   *
   * @param filename its name
   * @param format its format
   * @param dirtyFlag whether it was not closed properly
   * @param actualSize bytes taken on the host
   * @param virtualSize bytes the guest sees
   * @param clusterSize the format's cluster
   * @param backingFilename the backing file, if any
   */
  public record Image(
      String filename,
      String format,
      @Nullable Boolean dirtyFlag,
      @Nullable Long actualSize,
      long virtualSize,
      @Nullable Long clusterSize,
      String backingFilename) {}
}
