/**
 * What all controllers share: how objects become records, how fields are written, how events are
 * told.
 */
@NullMarked
package dev.barevirt.control.kube;

import org.jspecify.annotations.NullMarked;
