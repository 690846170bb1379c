/** The life of one guest: a pure table of transitions, and the actor that performs what it says. */
@NullMarked
package dev.barevirt.launcher.guest;

import org.jspecify.annotations.NullMarked;
