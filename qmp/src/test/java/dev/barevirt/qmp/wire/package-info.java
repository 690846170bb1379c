/** Tests of the sockets, against real sockets. */
@NullMarked
package dev.barevirt.qmp.wire;

import org.jspecify.annotations.NullMarked;
