/** The launcher's own socket: the contract's commands, events and streams for those who connect. */
@NullMarked
package dev.barevirt.launcher.rpc;

import org.jspecify.annotations.NullMarked;
