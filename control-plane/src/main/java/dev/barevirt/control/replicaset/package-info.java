/** Replica sets: as many like instances as are wanted. */
@NullMarked
package dev.barevirt.control.replicaset;

import org.jspecify.annotations.NullMarked;
