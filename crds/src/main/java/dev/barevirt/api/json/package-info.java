/** Records to JSON and back, over a streaming parser and reflection on record components. */
@NullMarked
package dev.barevirt.api.json;

import org.jspecify.annotations.NullMarked;
