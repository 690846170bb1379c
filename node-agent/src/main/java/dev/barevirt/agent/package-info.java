/** The agent of one node: its entry point and how its parts are put together. */
@NullMarked
package dev.barevirt.agent;

import org.jspecify.annotations.NullMarked;
