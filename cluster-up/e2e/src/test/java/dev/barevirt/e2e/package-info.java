/** Tests of a cluster and of what is put on it, through the same tools that people use. */
@NullMarked
package dev.barevirt.e2e;

import org.jspecify.annotations.NullMarked;
