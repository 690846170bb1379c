package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * A VNC client connected.
 *
 * @param server our address
 * @param client its address
 */
public record VncConnected(Json server, Json client) implements QmpEvent {}
