/** The processes of the control plane, wired. */
@NullMarked
package dev.barevirt.control;

import org.jspecify.annotations.NullMarked;
