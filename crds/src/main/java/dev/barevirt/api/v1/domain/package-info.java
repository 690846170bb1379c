/** The guest's hardware without its devices. */
@NullMarked
package dev.barevirt.api.v1.domain;

import org.jspecify.annotations.NullMarked;
