/** Plans and statuses over all cases. */
@NullMarked
package dev.barevirt.agent.vmi;

import org.jspecify.annotations.NullMarked;
