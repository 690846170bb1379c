/**
 * The webhooks: what is filled in when objects are written, what is refused, and who may write a
 * status.
 */
@NullMarked
package dev.barevirt.control.admission;

import org.jspecify.annotations.NullMarked;
