/** JSON patches: single steps, and those that lead from one document to another. */
@NullMarked
package dev.barevirt.control.patch;

import org.jspecify.annotations.NullMarked;
