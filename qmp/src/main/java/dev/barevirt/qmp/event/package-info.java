/** What a QEMU tells unasked: a record per known event. */
@NullMarked
package dev.barevirt.qmp.event;

import org.jspecify.annotations.NullMarked;
