/** What a node says about itself. */
@NullMarked
package dev.barevirt.agent.node;

import org.jspecify.annotations.NullMarked;
