/** Instances until a node takes them over, and after the node has given them back. */
@NullMarked
package dev.barevirt.control.vmi;

import org.jspecify.annotations.NullMarked;
