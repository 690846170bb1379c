/** The front for the API. */
@NullMarked
package dev.barevirt.agent.stream;

import org.jspecify.annotations.NullMarked;
