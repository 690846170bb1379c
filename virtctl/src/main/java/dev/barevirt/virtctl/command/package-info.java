/** One class per verb. */
@NullMarked
package dev.barevirt.virtctl.command;

import org.jspecify.annotations.NullMarked;
