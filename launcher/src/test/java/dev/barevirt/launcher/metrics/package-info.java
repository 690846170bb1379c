/** Tests of the figures that a guest may read. */
@NullMarked
package dev.barevirt.launcher.metrics;

import org.jspecify.annotations.NullMarked;
