/** Conditions merged in order, and phases with the ways between them. */
@NullMarked
package dev.barevirt.api.condition;

import org.jspecify.annotations.NullMarked;
