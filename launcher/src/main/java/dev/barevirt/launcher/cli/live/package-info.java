/**
 * Machines as they are on this host: their directories, their resident launchers, what is asked of
 * those.
 */
@NullMarked
package dev.barevirt.launcher.cli.live;

import org.jspecify.annotations.NullMarked;
