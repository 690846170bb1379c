/** The command line for virtual machines on a cluster: its tree of commands and its main. */
@NullMarked
package dev.barevirt.virtctl;

import org.jspecify.annotations.NullMarked;
