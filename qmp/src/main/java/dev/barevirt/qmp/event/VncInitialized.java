package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * A VNC client was let in.
 *
 * @param server our address
 * @param client its address and name
 */
public record VncInitialized(Json server, Json client) implements QmpEvent {}
