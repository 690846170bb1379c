/** Device plugins, with a kubelet that is none. */
@NullMarked
package dev.barevirt.agent.device;

import org.jspecify.annotations.NullMarked;
