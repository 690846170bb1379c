/** The launchers of this node: who they are, what they report, and what they are asked. */
@NullMarked
package dev.barevirt.agent.launcher;

import org.jspecify.annotations.NullMarked;
