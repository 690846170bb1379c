/** A client for QEMU's monitor: blocking typed calls and an ordered stream of events. */
@NullMarked
package dev.barevirt.qmp;

import org.jspecify.annotations.NullMarked;
