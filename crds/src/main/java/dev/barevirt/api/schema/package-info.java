/** How a record says what its components mean, and the schemas made from that. */
@NullMarked
package dev.barevirt.api.schema;

import org.jspecify.annotations.NullMarked;
