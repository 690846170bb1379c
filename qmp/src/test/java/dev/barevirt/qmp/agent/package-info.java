/** Tests of the guest agent's dialect. */
@NullMarked
package dev.barevirt.qmp.agent;

import org.jspecify.annotations.NullMarked;
