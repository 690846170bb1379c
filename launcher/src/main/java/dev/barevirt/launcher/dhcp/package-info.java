/** What a guest is told when it asks for its address: a codec, a decision, and a loop. */
@NullMarked
package dev.barevirt.launcher.dhcp;

import org.jspecify.annotations.NullMarked;
