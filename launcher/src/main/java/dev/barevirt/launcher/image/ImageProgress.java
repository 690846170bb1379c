package dev.barevirt.launcher.image;

/** Hears how far an import is. */
@FunctionalInterface
public interface ImageProgress {
  /** Nobody listens. */
  ImageProgress SILENT = (step, done, total) -> {};

  /**
   * A step goes on.
   *
   * @param step what is being done, for the user
   * @param done how much of it, in bytes or parts
   * @param total of how much; 0 when that is not known
   */
  void at(String step, long done, long total);
}
