/** What a specification must be: pure checks and defaults, without input, output or a cluster. */
@NullMarked
package dev.barevirt.api.rules;

import org.jspecify.annotations.NullMarked;
