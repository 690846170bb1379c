/**
 * Sockets that speak the QMP envelope: framing, ids, descriptors, streams and transcripts; nothing
 * outside this package sees the event loop.
 */
@NullMarked
package dev.barevirt.qmp.wire;

import org.jspecify.annotations.NullMarked;
