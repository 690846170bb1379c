/** The launcher of one guest in a pod: PID 1, which dials its node's agent. */
@NullMarked
package dev.barevirt.launcher.pod;

import org.jspecify.annotations.NullMarked;
