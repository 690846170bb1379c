/** The agent's front for the API: consoles and displays as byte relays, and commands to guests. */
@NullMarked
package dev.barevirt.agent.stream;

import org.jspecify.annotations.NullMarked;
