/** The directories of the standalone launcher: one per machine, private, whole after any crash. */
@NullMarked
package dev.barevirt.launcher.store;

import org.jspecify.annotations.NullMarked;
