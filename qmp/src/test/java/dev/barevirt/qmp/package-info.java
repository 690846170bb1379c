/** Tests of the client, and the checks of what it believes of QEMU. */
@NullMarked
package dev.barevirt.qmp;

import org.jspecify.annotations.NullMarked;
