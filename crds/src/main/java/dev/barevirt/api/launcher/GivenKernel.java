package dev.barevirt.api.launcher;

import org.jspecify.annotations.Nullable;

/**
 * A kernel on this host to boot directly.
 *
 * @param kernelPath the kernel image
 * @param initrdPath the initial ramdisk, when there is one
 */
public record GivenKernel(String kernelPath, @Nullable String initrdPath) {}
