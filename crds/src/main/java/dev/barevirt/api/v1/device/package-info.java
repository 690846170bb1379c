/** One record for each device of a guest, its variants nested in it. */
@NullMarked
package dev.barevirt.api.v1.device;

import org.jspecify.annotations.NullMarked;
