/** The pure way from a virtual machine instance to a QEMU command line: no I/O, no clock. */
@NullMarked
package dev.barevirt.launcher.machine;

import org.jspecify.annotations.NullMarked;
