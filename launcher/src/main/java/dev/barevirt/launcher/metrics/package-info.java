/** Figures of the host that a guest may read: over a channel it asks on, and as a small disk. */
@NullMarked
package dev.barevirt.launcher.metrics;

import org.jspecify.annotations.NullMarked;
