/** A first package. */
@NullMarked
package dev.barevirt.api;

import org.jspecify.annotations.NullMarked;
