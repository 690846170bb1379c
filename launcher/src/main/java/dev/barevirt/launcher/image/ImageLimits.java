package dev.barevirt.launcher.image;

/**
 * How much an image may cost before it is refused. Holes cost no disk space, so the bytes are those
 * that are unpacked, not those that are stored.
 *
 * @param bytes unpacked, in all layers together
 * @param files in all layers together
 * @param layers in a manifest
 */
public record ImageLimits(long bytes, int files, int layers) {
  /** The largest manifest or index that is read. */
  static final int DOCUMENT_BYTES = 4 * 1024 * 1024;

  /** Enough for every image that is meant to be one. */
  public static ImageLimits usual() {
    return new ImageLimits(256L * 1024 * 1024 * 1024, 100_000, 128);
  }
}
