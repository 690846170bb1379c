/** A first package. */
@NullMarked
package dev.barevirt.launcher;

import org.jspecify.annotations.NullMarked;
