/** The pure rules that judge what users write. */
@NullMarked
package dev.barevirt.api.rules;

import org.jspecify.annotations.NullMarked;
