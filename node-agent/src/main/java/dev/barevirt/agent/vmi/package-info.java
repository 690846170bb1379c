/** This node's instances: what to do next for each, and what its status is. */
@NullMarked
package dev.barevirt.agent.vmi;

import org.jspecify.annotations.NullMarked;
