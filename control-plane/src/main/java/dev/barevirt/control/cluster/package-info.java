/** What holds for the whole installation: its configuration and its certificates. */
@NullMarked
package dev.barevirt.control.cluster;

import org.jspecify.annotations.NullMarked;
