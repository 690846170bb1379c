/** How the client compares with the plainest possible one. */
@NullMarked
package dev.barevirt.qmp.bench;

import org.jspecify.annotations.NullMarked;
