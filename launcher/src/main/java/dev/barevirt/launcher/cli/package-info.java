/**
 * The command line of the launcher: one class per command, never loaded by the resident process.
 */
@NullMarked
package dev.barevirt.launcher.cli;

import org.jspecify.annotations.NullMarked;
