/** What this node says about itself: a heartbeat and labels. */
@NullMarked
package dev.barevirt.agent.node;

import org.jspecify.annotations.NullMarked;
