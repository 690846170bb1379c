package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/**
 * A kernel on this host to boot directly.
 *
 * @param kernelPath the kernel image
 * @param initrdPath the initial ramdisk, when there is one
 * @param root the directory that holds an image with both; their paths are then inside it, and
 *     neither they nor the image's own links lead out of it
 */
public record GivenKernel(String kernelPath, @Nullable String initrdPath, @Nullable String root) {
  /** A kernel at a path of this host. */
  public GivenKernel(String kernelPath, @Nullable String initrdPath) {
    this(kernelPath, initrdPath, null);
  }
}
