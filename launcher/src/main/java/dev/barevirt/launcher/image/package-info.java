/** The local image store: disks and kernels out of container images and files, by content. */
@NullMarked
package dev.barevirt.launcher.image;

import org.jspecify.annotations.NullMarked;
