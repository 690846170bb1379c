/** Disk images a guest starts with: made, inspected, overlaid, filled with seeds, and undone. */
@NullMarked
package dev.barevirt.launcher.disk;

import org.jspecify.annotations.NullMarked;
