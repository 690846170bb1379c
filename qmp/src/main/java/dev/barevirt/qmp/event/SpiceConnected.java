package dev.barevirt.qmp.event;

import dev.barevirt.qmp.wire.Json;

/**
 * A SPICE client connected.
 *
 * @param server our address
 * @param client its address
 */
public record SpiceConnected(Json server, Json client) implements QmpEvent {}
