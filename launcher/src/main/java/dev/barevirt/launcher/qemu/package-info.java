/** The QEMU of this host: what it can do, and the process that it becomes. */
@NullMarked
package dev.barevirt.launcher.qemu;

import org.jspecify.annotations.NullMarked;
