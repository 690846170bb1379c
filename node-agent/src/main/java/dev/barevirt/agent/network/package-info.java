/** Connections between guests and their pods' networks: bridges, taps and translation. */
@NullMarked
package dev.barevirt.agent.network;

import org.jspecify.annotations.NullMarked;
