/** Pod networks: what is decided, and real namespaces. */
@NullMarked
package dev.barevirt.agent.network;

import org.jspecify.annotations.NullMarked;
