/**
 * The aggregated API {@code subresources.kubevirt.io}: who asks, whether they may, and what it
 * does.
 */
@NullMarked
package dev.barevirt.control.subresource;

import org.jspecify.annotations.NullMarked;
