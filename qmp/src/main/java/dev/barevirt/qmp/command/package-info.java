/** One record per monitor command. */
@NullMarked
package dev.barevirt.qmp.command;

import org.jspecify.annotations.NullMarked;
