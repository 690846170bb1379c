/** The guest's serial console: logged, remembered, and shared by any number of viewers. */
@NullMarked
package dev.barevirt.launcher.console;

import org.jspecify.annotations.NullMarked;
