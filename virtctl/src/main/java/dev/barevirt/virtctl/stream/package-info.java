/** Bytes between a websocket of the API and a terminal, a socket or a viewer. */
@NullMarked
package dev.barevirt.virtctl.stream;

import org.jspecify.annotations.NullMarked;
