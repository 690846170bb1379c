/**
 * What the launcher, the command line and the node agent say to each other: versioned records,
 * nothing else.
 */
@NullMarked
package dev.barevirt.api.launcher;

import org.jspecify.annotations.NullMarked;
