package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * A VNC client has gone.
 *
 * @param server our address
 * @param client its address and name
 */
public record VncDisconnected(Json server, Json client) implements QmpEvent {}
