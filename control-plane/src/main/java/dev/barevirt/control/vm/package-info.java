/** Virtual machines: when they have an instance, and what they say about it. */
@NullMarked
package dev.barevirt.control.vm;

import org.jspecify.annotations.NullMarked;
