/** A first package. */
@NullMarked
package dev.barevirt.qmp;

import org.jspecify.annotations.NullMarked;
