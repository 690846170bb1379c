/** The kinds of kubevirt.io/v1. */
@NullMarked
package dev.barevirt.api.v1;

import org.jspecify.annotations.NullMarked;
