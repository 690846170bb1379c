/** Where backends come from: volumes, networks, probes, access credentials. */
@NullMarked
package dev.barevirt.api.v1.source;

import org.jspecify.annotations.NullMarked;
