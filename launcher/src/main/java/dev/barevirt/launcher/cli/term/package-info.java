/** The user's terminal and a guest's console in it. */
@NullMarked
package dev.barevirt.launcher.cli.term;

import org.jspecify.annotations.NullMarked;
