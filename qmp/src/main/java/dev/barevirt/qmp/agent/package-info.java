/** The agent inside the guest: its own dialect of the protocol, and nothing it says is trusted. */
@NullMarked
package dev.barevirt.qmp.agent;

import org.jspecify.annotations.NullMarked;
