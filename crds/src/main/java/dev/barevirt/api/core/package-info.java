/** What all kinds share: quantities, metadata, selectors. */
@NullMarked
package dev.barevirt.api.core;

import org.jspecify.annotations.NullMarked;
