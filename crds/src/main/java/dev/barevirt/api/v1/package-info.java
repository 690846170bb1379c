/** The kinds of kubevirt.io/v1 with what the user wants of them. */
@NullMarked
package dev.barevirt.api.v1;

import org.jspecify.annotations.NullMarked;
