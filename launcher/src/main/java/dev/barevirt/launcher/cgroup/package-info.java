/** The control group that QEMU runs in: limits, who belongs to it, and whether memory ran out. */
@NullMarked
package dev.barevirt.launcher.cgroup;

import org.jspecify.annotations.NullMarked;
