/** One mapper per kind of device, and the list of them all. */
@NullMarked
package dev.barevirt.launcher.machine.device;

import org.jspecify.annotations.NullMarked;
